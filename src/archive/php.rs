//! Values that PHP wrote with `serialize()`, as Drupal and WordPress keep settings and captions of files in one column.
//!
//! Lengths are bytes of the database that was written; after a change of its character set they are wrong. So a string ends
//! where its length says if a quote stands there, and else at the next `";`.

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Php {
    /// `N;`
    Null,
    /// `b:1;`
    Bool(bool),
    /// `i:7;`
    Int(i64),
    /// `d:0.5;`
    Float(f64),
    /// `s:1:"x";`
    Text(String),
    /// `a:1:{…}` and the fields of `O:8:"stdClass":1:{…}`, in their order.
    Array(Vec<(Php, Php)>),
}

/// How deep values may stand in each other.
const DEPTH: u32 = 32;

/// Reads one value; none where there is no such thing.
pub fn read(text: &str) -> Option<Php> {
    Reader { text, at: 0 }.value(0)
}

impl Php {
    /// The value under that key of an array.
    pub fn get(&self, key: &str) -> Option<&Php> {
        let Php::Array(all) = self else { return None };
        all.iter()
            .find(|(name, _)| match name {
                Php::Text(name) => name == key,
                Php::Int(name) => name.to_string() == key,
                _ => false,
            })
            .map(|(_, value)| value)
    }

    /// A text, if it is one that is not empty.
    pub fn text(&self) -> Option<&str> {
        match self {
            Php::Text(text) if !text.trim().is_empty() => Some(text),
            _ => None,
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn value(&mut self, depth: u32) -> Option<Php> {
        if depth > DEPTH {
            return None;
        }
        let kind = self.text[self.at..].chars().next()?;
        self.at += kind.len_utf8();
        match kind {
            'N' => {
                self.eat(";")?;
                Some(Php::Null)
            }
            'b' => Some(Php::Bool(self.until(";")?.trim_start_matches(':') == "1")),
            'i' => self.until(";")?.trim_start_matches(':').parse().ok().map(Php::Int),
            'd' => self.until(";")?.trim_start_matches(':').parse().ok().map(Php::Float),
            's' => {
                self.eat(":")?;
                let text = self.string()?;
                self.eat(";");
                Some(Php::Text(text.to_owned()))
            }
            'a' => {
                self.eat(":")?;
                self.fields(depth)
            }
            'O' => {
                self.eat(":")?;
                self.string()?;
                self.eat(":")?;
                self.fields(depth)
            }
            _ => None,
        }
    }

    fn fields(&mut self, depth: u32) -> Option<Php> {
        let count: usize = self.until(":")?.parse().ok()?;
        self.eat("{")?;
        let mut all = Vec::with_capacity(count.min(1_000));
        for _ in 0..count {
            let key = self.value(depth + 1)?;
            all.push((key, self.value(depth + 1)?));
        }
        self.eat("}");
        Some(Php::Array(all))
    }

    /// `5:"hello"`
    fn string(&mut self) -> Option<&'a str> {
        let length: usize = self.until(":")?.parse().ok()?;
        self.eat("\"")?;
        let rest = &self.text[self.at..];
        let end = match rest.get(length..) {
            Some(after) if after.starts_with('"') => length,
            _ => rest.find("\";").or_else(|| rest.rfind('"'))?,
        };
        self.at += end + 1;
        Some(&rest[..end])
    }

    fn until(&mut self, mark: &str) -> Option<&'a str> {
        let rest = &self.text[self.at..];
        let end = rest.find(mark)?;
        self.at += end + mark.len();
        Some(&rest[..end])
    }

    fn eat(&mut self, mark: &str) -> Option<()> {
        let found = self.text[self.at..].starts_with(mark);
        self.at += if found { mark.len() } else { 0 };
        found.then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_whatever_their_lengths_say() {
        for (text, key, value) in [
            (r#"a:2:{s:11:"description";s:6:"Pont 1";s:3:"alt";s:0:"";}"#, "description", Some("Pont 1")),
            // The length is that of Latin-1; the text is UTF-8 by now.
            (r#"a:2:{s:3:"alt";s:4:"été";s:5:"title";s:1:"x";}"#, "title", Some("x")),
            (r#"a:2:{s:3:"alt";s:3:"été";s:5:"title";s:1:"x";}"#, "alt", Some("été")),
            (r#"O:8:"stdClass":1:{s:8:"language";s:2:"nl";}"#, "language", Some("nl")),
            (r#"a:1:{i:0;s:1:"y";}"#, "0", Some("y")),
            (r#"a:3:{i:0;b:1;i:1;d:0.5;s:1:"z";a:1:{s:1:"k";N;}}"#, "z", None),
        ] {
            let read = read(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(read.get(key).and_then(Php::text), value, "{text}");
        }
        assert_eq!(read("i:1;"), Some(Php::Int(1)));
        for text in ["", "a:9:{", "s:5:\"x", "hello", "a:1:{i:0;", &"a:1:{i:0;".repeat(100)] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
