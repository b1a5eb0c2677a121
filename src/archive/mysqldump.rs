//! Reads what `mysqldump` writes, without a MySQL server: one pass, never more than one row in memory.
//!
//! Understood: `CREATE TABLE` (for the columns and the character set), `INSERT` and `REPLACE` with one row or many, with
//! or without a list of columns, strings in either quote with every escape of MySQL, hexadecimal and bit strings,
//! introducers (`_binary`, `_utf8`), comments of all three kinds, conditional statements (`/*!40101 … */`, whose inside
//! counts), `DELIMITER`. Every other statement is passed over.
//!
//! **A fault costs itself.** What cannot be read is told with its line, and the reading goes on at the next row or
//! statement. `mysqldump` writes line ends inside strings as `\n`, so that a real one which is followed by the beginning
//! of a statement ends a string that lost its quote, rather than the dump.

use std::io::{self, Read};

use memchr::{memchr, memchr_iter, memchr2};

/// The most bytes of one row. Ours refuses bodies long before.
pub const ROW_MAX_BYTES: usize = 64 << 20;

/// How much is read at once.
const BUFFER: usize = 256 * 1024;

/// What `CREATE TABLE` says of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// Its name, with the prefix of the installation.
    pub name: String,
    /// In their order.
    pub columns: Vec<String>,
    /// As it is declared, in small letters.
    pub charset: Option<String>,
}

/// One row, as bytes: their character set is for whoever knows the whole column to say.
#[derive(Debug, Default)]
pub struct Row {
    bytes: Vec<u8>,
    cells: Vec<Option<(usize, usize)>>,
}

impl Row {
    /// How many values it has.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The value at that place; none for NULL.
    pub fn get(&self, place: usize) -> Option<&[u8]> {
        self.cells.get(place).copied().flatten().map(|(from, to)| &self.bytes[from..to])
    }

    fn clear(&mut self) {
        self.bytes.clear();
        self.cells.clear();
        // One body of 5 MB should not stay for ever.
        if self.bytes.capacity() > 8 << 20 {
            self.bytes = Vec::new();
        }
    }
}

/// What is done with what is read.
pub trait Sink {
    /// A table is declared.
    fn table(&mut self, table: &Table);
    /// Rows of that table follow, with these columns; `false`: they are not wanted.
    fn rows_of(&mut self, table: &str, columns: Option<&[String]>, line: u64) -> bool;
    /// One of them.
    fn row(&mut self, row: &Row, line: u64) -> io::Result<()>;
    /// Something cannot be read.
    fn fault(&mut self, line: u64, what: String);
}

/// How a dump ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct End {
    /// The last line.
    pub line: u64,
    /// Whether it says itself that it is whole (`-- Dump completed`).
    pub says_whole: bool,
}

/// Reads the dump to its end.
///
/// # Errors
/// The sink cannot write. That the dump itself cannot be read further (a broken archive) is a fault that it is told.
pub fn scan(input: impl Read, sink: &mut impl Sink) -> io::Result<End> {
    let mut scanner = Scanner {
        input,
        buffer: vec![0; BUFFER],
        at: 0,
        end: 0,
        line: 1,
        is_over: false,
        broken: None,
        delimiter: b";".to_vec(),
        says_whole: false,
        in_condition: false,
    };
    scanner.run(sink)?;
    if let Some(error) = scanner.broken.take() {
        sink.fault(scanner.line, format!("the file cannot be read from here on: {error}"));
    }
    Ok(End { line: scanner.line, says_whole: scanner.says_whole })
}

struct Scanner<R> {
    input: R,
    buffer: Vec<u8>,
    at: usize,
    end: usize,
    line: u64,
    is_over: bool,
    broken: Option<io::Error>,
    delimiter: Vec<u8>,
    says_whole: bool,
    in_condition: bool,
}

/// Why a statement is left.
enum Stop {
    /// The dump ends here.
    Over,
    /// This does not belong here.
    Unexpected(String),
    /// A string lost its end; the next statement begins here.
    Unclosed,
    /// The sink cannot go on.
    Sink(io::Error),
}

type Step<T> = Result<T, Stop>;

impl<R: Read> Scanner<R> {
    fn run(&mut self, sink: &mut impl Sink) -> io::Result<()> {
        loop {
            self.blanks();
            let Some(byte) = self.peek() else { return Ok(()) };
            let line = self.line;
            let outcome = match byte {
                b';' => {
                    self.next();
                    Ok(())
                }
                b'A'..=b'Z' | b'a'..=b'z' => {
                    let word = self.word();
                    match word.to_ascii_uppercase().as_str() {
                        "CREATE" => self.create(sink),
                        "INSERT" | "REPLACE" => self.insert(sink),
                        "DELIMITER" => {
                            let rest = self.rest_of_line();
                            let rest = rest.trim_ascii();
                            if !rest.is_empty() {
                                self.delimiter = rest.to_vec();
                            }
                            Ok(())
                        }
                        _ => self.pass_over(),
                    }
                }
                _ => self.pass_over(),
            };
            match outcome {
                Ok(()) => {}
                Err(Stop::Over) => {
                    if self.broken.is_none() {
                        sink.fault(self.line, format!("the dump is cut: the statement of line {line} has no end"));
                    }
                    return Ok(());
                }
                Err(Stop::Sink(error)) => return Err(error),
                Err(Stop::Unclosed) => sink.fault(line, format!("a string has no end up to line {}", self.line)),
                Err(Stop::Unexpected(what)) => {
                    sink.fault(self.line, what);
                    self.skip_to_statement();
                }
            }
        }
    }

    // --- bytes

    fn fill(&mut self) -> bool {
        if self.at < self.end {
            return true;
        }
        while !self.is_over {
            match self.input.read(&mut self.buffer) {
                Ok(0) => self.is_over = true,
                Ok(read) => {
                    (self.at, self.end) = (0, read);
                    return true;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.broken = Some(error);
                    self.is_over = true;
                }
            }
        }
        false
    }

    fn peek(&mut self) -> Option<u8> {
        self.fill().then(|| self.buffer[self.at])
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        self.line += u64::from(byte == b'\n');
        Some(byte)
    }

    /// So many bytes from here, if they are there without losing what was read.
    fn ahead(&mut self, count: usize) -> &[u8] {
        if self.end - self.at < count && !self.is_over {
            self.buffer.copy_within(self.at..self.end, 0);
            self.end -= self.at;
            self.at = 0;
            while self.end < count && !self.is_over {
                match self.input.read(&mut self.buffer[self.end..]) {
                    Ok(0) => self.is_over = true,
                    Ok(read) => self.end += read,
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    Err(error) => {
                        self.broken = Some(error);
                        self.is_over = true;
                    }
                }
            }
        }
        &self.buffer[self.at..self.end.min(self.at + count)]
    }

    fn rest_of_line(&mut self) -> Vec<u8> {
        let mut rest = Vec::new();
        while let Some(byte) = self.next() {
            if byte == b'\n' {
                break;
            }
            if rest.len() < 4_096 {
                rest.push(byte);
            }
        }
        rest
    }

    // --- what parts words

    /// Passes over blanks and comments. What stands in a conditional comment counts, so its marks are passed over.
    fn blanks(&mut self) {
        loop {
            match self.peek() {
                Some(b' ' | b'\t' | b'\r' | b'\n' | b'\0' | 0x0b | 0x0c) => {
                    self.next();
                }
                Some(0xef) if self.line == 1 && self.ahead(3) == b"\xef\xbb\xbf" => self.at += 3,
                Some(b'#') => {
                    self.rest_of_line();
                }
                Some(b'-') if self.is_dashes() => {
                    let rest = self.rest_of_line();
                    self.says_whole |= rest.starts_with(b"-- Dump completed");
                }
                Some(b'/') if self.ahead(2) == b"/*" => {
                    if self.ahead(3) == b"/*!" {
                        self.at += 3;
                        while matches!(self.peek(), Some(b'0'..=b'9')) {
                            self.at += 1;
                        }
                        self.in_condition = true;
                    } else {
                        self.at += 2;
                        self.comment();
                    }
                }
                Some(b'*') if self.in_condition && self.ahead(2) == b"*/" => {
                    self.at += 2;
                    self.in_condition = false;
                }
                _ => return,
            }
        }
    }

    /// Two dashes count as a comment when a blank or the end of the line follows, as in MySQL.
    fn is_dashes(&mut self) -> bool {
        let ahead = self.ahead(3);
        ahead.starts_with(b"--") && ahead.get(2).is_none_or(u8::is_ascii_whitespace)
    }

    fn comment(&mut self) {
        let mut star = false;
        while let Some(byte) = self.next() {
            if star && byte == b'/' {
                return;
            }
            star = byte == b'*';
        }
    }

    fn word(&mut self) -> String {
        let mut word = String::new();
        while let Some(byte @ (b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'_' | b'$')) = self.peek() {
            self.at += 1;
            if word.len() < 256 {
                word.push(char::from(byte));
            }
        }
        word
    }

    /// A name in backticks, in double quotes (`--ansi`), or bare; of `database.table` the last.
    fn name(&mut self) -> Step<String> {
        loop {
            self.blanks();
            let name = match self.peek().ok_or(Stop::Over)? {
                quote @ (b'`' | b'"') => {
                    self.next();
                    let mut name = Vec::new();
                    loop {
                        let byte = self.next().ok_or(Stop::Over)?;
                        if byte == quote {
                            if self.peek() != Some(quote) {
                                break;
                            }
                            self.next();
                        }
                        if name.len() < 256 {
                            name.push(byte);
                        }
                    }
                    String::from_utf8_lossy(&name).into_owned()
                }
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'_' | b'$' => self.word(),
                other => return Err(unexpected("a name", other)),
            };
            if self.peek() == Some(b'.') {
                self.next();
                continue;
            }
            return Ok(name);
        }
    }

    /// A string, whose opening quote was read; its bytes go to `out` up to the limit of a row.
    fn string(&mut self, quote: u8, out: &mut Vec<u8>) -> Step<()> {
        loop {
            if !self.fill() {
                return Err(Stop::Over);
            }
            let chunk = &self.buffer[self.at..self.end];
            let stop = memchr2(quote, b'\\', chunk);
            let plain = &chunk[..stop.unwrap_or(chunk.len())];
            if let Some(cut) = memchr(b'\n', plain) {
                // Rare: line ends are escaped. Up to and with it, then a look at what follows.
                if out.len() < ROW_MAX_BYTES {
                    out.extend_from_slice(&plain[..=cut]);
                }
                self.at += cut + 1;
                self.line += 1;
                if self.begins_statement() {
                    return Err(Stop::Unclosed);
                }
                continue;
            }
            if out.len() < ROW_MAX_BYTES {
                out.extend_from_slice(plain);
            }
            self.at += plain.len();
            match stop {
                None => {}
                Some(_) if self.next() == Some(quote) => {
                    if self.peek() != Some(quote) {
                        return Ok(());
                    }
                    self.at += 1;
                    out.push(quote);
                }
                Some(_) => {
                    let byte = self.next().ok_or(Stop::Over)?;
                    match byte {
                        b'0' => out.push(0),
                        b'b' => out.push(8),
                        b'n' => out.push(b'\n'),
                        b'r' => out.push(b'\r'),
                        b't' => out.push(b'\t'),
                        b'Z' => out.push(0x1a),
                        // For LIKE: both signs stay.
                        b'%' | b'_' => out.extend([b'\\', byte]),
                        other => out.push(other),
                    }
                }
            }
        }
    }

    fn begins_statement(&mut self) -> bool {
        const BEGINNINGS: [&[u8]; 8] = [
            b"INSERT INTO `",
            b"REPLACE INTO `",
            b"CREATE TABLE `",
            b"DROP TABLE IF EXISTS `",
            b"LOCK TABLES `",
            b"UNLOCK TABLES;",
            b"/*!40000 ALTER TABLE `",
            b"-- Table structure for table",
        ];
        let ahead = self.ahead(32);
        BEGINNINGS.iter().any(|beginning| ahead.starts_with(beginning))
    }

    // --- statements

    fn create(&mut self, sink: &mut impl Sink) -> Step<()> {
        self.blanks();
        let mut word = self.word().to_ascii_uppercase();
        if word == "TEMPORARY" {
            self.blanks();
            word = self.word().to_ascii_uppercase();
        }
        if word != "TABLE" {
            return self.pass_over();
        }
        self.blanks();
        let is_conditional = self.ahead(3).eq_ignore_ascii_case(b"IF ");
        if is_conditional {
            for _ in 0..3 {
                self.blanks();
                self.word();
            }
        }
        let mut table = Table { name: self.name()?, ..Table::default() };
        self.blanks();
        if self.peek() != Some(b'(') {
            return self.pass_over();
        }
        self.next();
        loop {
            self.blanks();
            let is_quoted = matches!(self.peek(), Some(b'`' | b'"'));
            if self.peek() == Some(b')') {
                break;
            }
            let name = self.name()?;
            let is_key = !is_quoted
                && matches!(
                    name.to_ascii_uppercase().as_str(),
                    "PRIMARY"
                        | "KEY"
                        | "UNIQUE"
                        | "INDEX"
                        | "FULLTEXT"
                        | "SPATIAL"
                        | "CONSTRAINT"
                        | "FOREIGN"
                        | "CHECK"
                );
            if !is_key {
                table.columns.push(name);
            }
            if !self.end_of_definition()? {
                break;
            }
        }
        if self.peek() == Some(b')') {
            self.next();
        }
        // ENGINE=MyISAM DEFAULT CHARSET=utf8: the one option that matters here.
        let mut before = String::new();
        loop {
            self.blanks();
            match self.peek() {
                None | Some(b';') => break,
                Some(b'A'..=b'Z' | b'a'..=b'z') => {
                    let word = self.word();
                    if matches!(before.as_str(), "CHARSET" | "SET") && table.charset.is_none() {
                        table.charset = Some(word.to_ascii_lowercase());
                    }
                    before = word.to_ascii_uppercase();
                }
                Some(quote @ (b'\'' | b'"')) => {
                    self.next();
                    self.string(quote, &mut Vec::new())?;
                }
                Some(_) => {
                    self.next();
                }
            }
        }
        sink.table(&table);
        Ok(())
    }

    /// Passes over the rest of a column's definition; whether another follows.
    fn end_of_definition(&mut self) -> Step<bool> {
        let mut depth = 0_u32;
        loop {
            self.blanks();
            match self.peek().ok_or(Stop::Over)? {
                b',' if depth == 0 => {
                    self.next();
                    return Ok(true);
                }
                b')' if depth == 0 => return Ok(false),
                quote @ (b'\'' | b'"' | b'`') => {
                    self.next();
                    self.string(quote, &mut Vec::new())?;
                    continue;
                }
                b';' => return Err(Stop::Unexpected("the declaration of a table has no end".into())),
                b'(' => depth += 1,
                b')' => depth -= 1,
                _ => {}
            }
            self.next();
        }
    }

    fn insert(&mut self, sink: &mut impl Sink) -> Step<()> {
        let begun = self.line;
        let name = loop {
            self.blanks();
            match self.peek().ok_or(Stop::Over)? {
                b'`' | b'"' => break self.name()?,
                _ => {
                    let word = self.name()?;
                    if !matches!(
                        word.to_ascii_uppercase().as_str(),
                        "INTO" | "IGNORE" | "LOW_PRIORITY" | "DELAYED" | "HIGH_PRIORITY"
                    ) {
                        break word;
                    }
                }
            }
        };
        self.blanks();
        let mut columns = None;
        if self.peek() == Some(b'(') {
            self.next();
            let mut named = Vec::new();
            loop {
                named.push(self.name()?);
                self.blanks();
                match self.next().ok_or(Stop::Over)? {
                    b',' => {}
                    b')' => break,
                    other => return Err(unexpected("a column", other)),
                }
            }
            columns = Some(named);
            self.blanks();
        }
        let word = self.word().to_ascii_uppercase();
        if word != "VALUES" && word != "VALUE" {
            return self.pass_over();
        }
        if !sink.rows_of(&name, columns.as_deref(), begun) {
            return self.pass_over();
        }
        let mut row = Row::default();
        loop {
            self.blanks();
            let line = self.line;
            let outcome = match self.peek() {
                Some(b'(') => {
                    self.next();
                    self.row(&mut row)
                }
                Some(other) => Err(unexpected("a row", other)),
                None => Err(Stop::Over),
            };
            match outcome {
                Ok(()) if row.bytes.len() >= ROW_MAX_BYTES => {
                    sink.fault(line, format!("a row of `{name}` over {} MB", ROW_MAX_BYTES >> 20));
                }
                Ok(()) => sink.row(&row, line).map_err(Stop::Sink)?,
                Err(Stop::Unexpected(what)) => {
                    sink.fault(self.line, format!("a row of `{name}` that cannot be read: {what}"));
                    // In the dumps of later versions each row has its line.
                    self.rest_of_line();
                    if self.peek() == Some(b'(') {
                        continue;
                    }
                    self.skip_to_statement();
                    return Ok(());
                }
                Err(Stop::Unclosed) => {
                    sink.fault(line, format!("a row of `{name}` whose string has no end"));
                    return Ok(());
                }
                Err(stop) => return Err(stop),
            }
            self.blanks();
            match self.peek() {
                Some(b',') => {
                    self.next();
                }
                Some(b';') => {
                    self.next();
                    return Ok(());
                }
                // ON DUPLICATE KEY UPDATE …
                Some(b'A'..=b'Z' | b'a'..=b'z') => return self.pass_over(),
                Some(other) => return Err(unexpected("the next row", other)),
                None => return Err(Stop::Over),
            }
        }
    }

    fn row(&mut self, row: &mut Row) -> Step<()> {
        row.clear();
        loop {
            self.blanks();
            let from = row.bytes.len();
            let is_null = self.value(&mut row.bytes)?;
            row.cells.push((!is_null).then_some((from, row.bytes.len())));
            self.blanks();
            match self.next().ok_or(Stop::Over)? {
                b',' => {}
                b')' => return Ok(()),
                other => return Err(unexpected("a value", other)),
            }
        }
    }

    /// One value; whether it is NULL.
    fn value(&mut self, out: &mut Vec<u8>) -> Step<bool> {
        match self.peek().ok_or(Stop::Over)? {
            quote @ (b'\'' | b'"') => {
                self.next();
                self.string(quote, out)?;
                // Two strings in a row are one (SQL-92); their blank is usually a line end.
                loop {
                    self.blanks();
                    match self.peek() {
                        Some(next) if next == quote => {
                            self.next();
                            self.string(quote, out)?;
                        }
                        _ => return Ok(false),
                    }
                }
            }
            b'-' | b'+' | b'.' | b'0'..=b'9' => {
                if matches!(self.ahead(2), b"0x" | b"0X") {
                    self.at += 2;
                    let digits = self.digits();
                    hexadecimal(&digits, out)?;
                    return Ok(false);
                }
                while let Some(byte @ (b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E')) = self.peek() {
                    self.at += 1;
                    out.push(byte);
                }
                Ok(false)
            }
            b'A'..=b'Z' | b'a'..=b'z' | b'_' => {
                let word = self.word();
                let quoted = self.peek() == Some(b'\'');
                match word.to_ascii_uppercase().as_str() {
                    "NULL" => Ok(true),
                    "TRUE" => {
                        out.push(b'1');
                        Ok(false)
                    }
                    "FALSE" => {
                        out.push(b'0');
                        Ok(false)
                    }
                    "X" if quoted => {
                        self.next();
                        let mut digits = Vec::new();
                        self.string(b'\'', &mut digits)?;
                        hexadecimal(&digits, out)?;
                        Ok(false)
                    }
                    "B" if quoted => {
                        self.next();
                        let mut bits = Vec::new();
                        self.string(b'\'', &mut bits)?;
                        let number = bits.iter().take(64).fold(0_u64, |n, bit| n << 1 | u64::from(*bit == b'1'));
                        out.extend(number.to_string().bytes());
                        Ok(false)
                    }
                    "N" if quoted => self.value(out),
                    // _binary 'x', _utf8mb4 'x'
                    introducer if introducer.starts_with('_') => {
                        self.blanks();
                        self.value(out)
                    }
                    other => Err(Stop::Unexpected(format!("{other} is no value"))),
                }
            }
            other => Err(unexpected("a value", other)),
        }
    }

    fn digits(&mut self) -> Vec<u8> {
        let mut digits = Vec::new();
        while let Some(byte) = self.peek().filter(u8::is_ascii_hexdigit) {
            self.at += 1;
            if digits.len() < 2 * ROW_MAX_BYTES {
                digits.push(byte);
            }
        }
        digits
    }

    /// To the end of the statement.
    fn pass_over(&mut self) -> Step<()> {
        let mut first = true;
        loop {
            self.blanks();
            match self.peek() {
                // A word that nothing follows is how a dump of no statement ends.
                None if first => return Ok(()),
                None => return Err(Stop::Over),
                Some(quote @ (b'\'' | b'"' | b'`')) => {
                    self.next();
                    self.skip_string(quote)?;
                }
                Some(byte) if byte == self.delimiter[0] => {
                    let wanted = self.delimiter.clone();
                    if self.ahead(wanted.len()) == wanted {
                        self.at += wanted.len();
                        return Ok(());
                    }
                    self.next();
                }
                Some(_) => {
                    // As far as nothing can matter.
                    let delimiter = self.delimiter[0];
                    let chunk = &self.buffer[self.at..self.end];
                    let plain = chunk
                        .iter()
                        .position(|byte| {
                            matches!(byte, b'\'' | b'"' | b'`' | b'/' | b'*' | b'#' | b'-') || *byte == delimiter
                        })
                        .unwrap_or(chunk.len())
                        .max(1);
                    self.line += memchr_iter(b'\n', &chunk[..plain]).count() as u64;
                    self.at += plain;
                }
            }
            first = false;
        }
    }

    fn skip_string(&mut self, quote: u8) -> Step<()> {
        loop {
            if !self.fill() {
                return Err(Stop::Over);
            }
            let chunk = &self.buffer[self.at..self.end];
            let stop = memchr2(quote, b'\\', chunk);
            let plain = &chunk[..stop.unwrap_or(chunk.len())];
            if let Some(cut) = memchr(b'\n', plain) {
                self.at += cut + 1;
                self.line += 1;
                if self.begins_statement() {
                    return Err(Stop::Unclosed);
                }
                continue;
            }
            self.at += plain.len();
            match stop {
                None => {}
                Some(_) if self.next() == Some(quote) => return Ok(()),
                Some(_) if quote == b'`' => {}
                Some(_) => {
                    self.next();
                }
            }
        }
    }

    fn skip_to_statement(&mut self) {
        self.in_condition = false;
        while self.peek().is_some() {
            self.rest_of_line();
            if self.begins_statement() || self.is_dashes() {
                return;
            }
        }
    }
}

fn unexpected(wanted: &str, found: u8) -> Stop {
    let found =
        if found.is_ascii_graphic() { format!("{:?}", char::from(found)) } else { format!("byte {found:#04x}") };
    Stop::Unexpected(format!("{wanted} is expected, there is {found}"))
}

fn hexadecimal(digits: &[u8], out: &mut Vec<u8>) -> Step<()> {
    let value = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    };
    // MySQL puts a zero before an odd number of digits.
    let (odd, even) = digits.split_at(digits.len() % 2);
    if let [digit] = odd {
        out.push(value(*digit).ok_or_else(|| unexpected("a hexadecimal digit", *digit))?);
    }
    for pair in even.chunks_exact(2) {
        match (value(pair[0]), value(pair[1])) {
            (Some(high), Some(low)) => out.push(high << 4 | low),
            _ => return Err(unexpected("a hexadecimal digit", pair[0])),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Everything that was heard, as text.
    #[derive(Default)]
    struct Heard {
        tables: Vec<Table>,
        of: String,
        rows: Vec<String>,
        faults: Vec<(u64, String)>,
        unwanted: &'static str,
    }

    impl Sink for Heard {
        fn table(&mut self, table: &Table) {
            self.tables.push(table.clone());
        }

        fn rows_of(&mut self, table: &str, columns: Option<&[String]>, _: u64) -> bool {
            self.of = columns.map_or_else(|| table.to_owned(), |columns| format!("{table}({})", columns.join(" ")));
            table != self.unwanted
        }

        fn row(&mut self, row: &Row, _: u64) -> io::Result<()> {
            let cells: Vec<String> = (0..row.len())
                .map(|at| row.get(at).map_or("NULL".into(), |bytes| String::from_utf8_lossy(bytes).into_owned()))
                .collect();
            self.rows.push(format!("{}: {}", self.of, cells.join("|")));
            Ok(())
        }

        fn fault(&mut self, line: u64, what: String) {
            self.faults.push((line, what));
        }
    }

    /// Gives a few bytes at a time, so that everything spans its pieces once.
    struct Drops<'a>(&'a [u8], usize);

    impl Read for Drops<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let taken = self.0.len().min(self.1).min(into.len());
            into[..taken].copy_from_slice(&self.0[..taken]);
            self.0 = &self.0[taken..];
            Ok(taken)
        }
    }

    fn heard(dump: &str) -> Heard {
        let mut first = Heard { unwanted: "unwanted", ..Heard::default() };
        scan(dump.as_bytes(), &mut first).expect("the sink writes");
        for size in [1, 2, 3, 7] {
            let mut other = Heard { unwanted: "unwanted", ..Heard::default() };
            scan(Drops(dump.as_bytes(), size), &mut other).expect("the sink writes");
            assert_eq!((&first.rows, &first.faults), (&other.rows, &other.faults), "in pieces of {size}");
        }
        first
    }

    #[test]
    fn rows_are_read_whatever_their_form() {
        for (dump, rows) in [
            ("INSERT INTO `a` VALUES (1,'x'),(2,NULL);", vec!["a: 1|x", "a: 2|NULL"]),
            ("insert into a (b, `c`) values (1, 'x');", vec!["a(b c): 1|x"]),
            ("INSERT IGNORE INTO `db`.`a` VALUES\n(1),\n(-2.5e3);\n", vec!["a: 1", "a: -2.5e3"]),
            (
                r"REPLACE INTO `a` VALUES ('it''s','it\'s',  'a\nb\\','\%\_\Z');",
                vec!["a: it's|it's|a\nb\\|\\%\\_\u{1a}"],
            ),
            (
                r#"INSERT INTO a VALUES ("say ""x""", 0x4142, x'43', X'44', b'101', _binary 'bin', N'n');"#,
                vec!["a: say \"x\"|AB|C|D|5|bin|n"],
            ),
            (
                "/*!40000 INSERT INTO `a` VALUES (1) */; -- x\n# y\n/* z; */ INSERT INTO a VALUES (2);",
                vec!["a: 1", "a: 2"],
            ),
            ("/*M!999999\\- enable the sandbox mode */ \nINSERT INTO a VALUES (3);", vec!["a: 3"]),
            ("INSERT INTO `unwanted` VALUES (1,'a;b\\'(');INSERT INTO a VALUES ('; -- no');", vec!["a: ; -- no"]),
            (
                "DELIMITER ;;\nCREATE TRIGGER x BEFORE INSERT ON y FOR EACH ROW BEGIN SET a = 'b'; END;;\nDELIMITER ;\nINSERT INTO a VALUES (1);",
                vec!["a: 1"],
            ),
            (
                "INSERT INTO a VALUES (1) ON DUPLICATE KEY UPDATE b = 'x;';INSERT INTO a VALUES (true,false);",
                vec!["a: 1", "a: 1|0"],
            ),
            ("\u{feff}SET NAMES utf8;INSERT INTO a VALUES ('a' 'b');", vec!["a: ab"]),
        ] {
            let heard = heard(dump);
            assert_eq!((heard.rows, heard.faults), (rows.into_iter().map(str::to_owned).collect(), vec![]), "{dump}");
        }
    }

    #[test]
    fn a_table_says_its_columns() {
        let heard = heard(
            "CREATE TABLE IF NOT EXISTS `d6_node` (\n  `nid` int(10) unsigned NOT NULL AUTO_INCREMENT,\n  title varchar(255) \
             NOT NULL DEFAULT 'a,b)' COMMENT 'it''s',\n  `key` decimal(10,2),\n  PRIMARY KEY (`nid`),\n  KEY `t` (`title`(4)),\n \
             CONSTRAINT `c` FOREIGN KEY (`nid`) REFERENCES `x` (`y`)\n) ENGINE=MyISAM DEFAULT CHARSET=latin1 COMMENT='x;y';\n",
        );
        assert_eq!(heard.faults, []);
        let [table] = heard.tables.as_slice() else { panic!("{:?}", heard.tables) };
        assert_eq!((table.name.as_str(), table.columns.join(" ")), ("d6_node", "nid title key".into()));
        assert_eq!(table.charset.as_deref(), Some("latin1"));
    }

    #[test]
    fn a_fault_is_told_with_its_line_and_costs_itself() {
        for (dump, rows, faults) in [
            ("INSERT INTO `a` VALUES (1,'x'),(2,'y", vec!["a: 1|x"], vec![(1, "the dump is cut")]),
            (
                "INSERT INTO `a` VALUES\n(1,'x'),\n(2,?),\n(3,'z');\nINSERT INTO `b` VALUES (4);",
                vec!["a: 1|x", "a: 3|z", "b: 4"],
                vec![(3, "a row of `a` that cannot be read: a value is expected, there is '?'")],
            ),
            (
                "INSERT INTO `a` VALUES (1,'x);\nINSERT INTO `b` VALUES (2);\n",
                vec!["b: 2"],
                vec![(1, "a row of `a` whose string has no end")],
            ),
            (
                "INSERT INTO `a` VALUES (1,'x)\n-- Table structure for table `b`\nCREATE TABLE `b` (`c` int);INSERT INTO b VALUES (2);",
                vec!["b: 2"],
                vec![(1, "a row of `a`")],
            ),
            ("INSERT INTO `a` VALUES (1);garbage ); ( ;\nINSERT INTO `a` VALUES (2);", vec!["a: 1", "a: 2"], vec![]),
            (
                "CREATE TABLE `a` (`b` int;\nINSERT INTO `a` VALUES (2);",
                vec!["a: 2"],
                vec![(1, "the declaration of a table")],
            ),
        ] {
            let heard = heard(dump);
            assert_eq!(heard.rows, rows, "{dump}");
            assert_eq!(heard.faults.len(), faults.len(), "{dump}: {:?}", heard.faults);
            for ((line, what), (at, beginning)) in heard.faults.iter().zip(faults) {
                assert!(*line == at && what.starts_with(beginning), "{dump}: {line}: {what}");
            }
        }
    }

    #[test]
    fn no_bytes_whatever_end_the_reading_badly() {
        let dump = b"CREATE TABLE `a` (`b` int) CHARSET=utf8;\nINSERT INTO `a` VALUES (1,'x\\'y',0x41),(2,NULL,'z');\n-- end\n";
        for cut in 0..dump.len() {
            for change in [0_u8, b'\'', b'(', b';', b'\\', 0xff] {
                let mut broken = dump.to_vec();
                broken[cut] = change;
                scan(broken.as_slice(), &mut Heard::default()).expect("the sink writes");
            }
            scan(&dump[..cut], &mut Heard::default()).expect("the sink writes");
        }
    }
}
