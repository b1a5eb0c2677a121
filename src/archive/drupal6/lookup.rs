//! A small table, closely packed: a row is its bytes in one long piece of memory and twelve more.

use crate::archive::spool::{read_values, write_values};

/// Rows by a number, several of one number in the order in which they came.
#[derive(Debug, Default)]
pub struct Lookup {
    bytes: Vec<u8>,
    /// The number, and where its row begins.
    rows: Vec<(u64, u32)>,
    is_sorted: bool,
}

impl Lookup {
    /// Adds a row; `false` if there is no more room (4 GB).
    pub fn add<'a>(&mut self, key: u64, values: impl Iterator<Item = Option<&'a [u8]>>) -> bool {
        let Ok(at) = u32::try_from(self.bytes.len()) else { return false };
        // Its length first, so that rows stand in one piece.
        self.bytes.extend([0; 4]);
        write_values(values, &mut self.bytes);
        let length = self.bytes.len() - at as usize - 4;
        let Ok(length) = u32::try_from(length) else { return false };
        self.bytes[at as usize..at as usize + 4].copy_from_slice(&length.to_le_bytes());
        self.rows.push((key, at));
        self.is_sorted = false;
        true
    }

    /// No more come.
    pub fn close(&mut self) {
        self.rows.sort_by_key(|(key, _)| *key);
        self.rows.shrink_to_fit();
        self.bytes.shrink_to_fit();
        self.is_sorted = true;
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// The rows of that number.
    pub fn of(&self, key: u64) -> impl Iterator<Item = impl Iterator<Item = Option<&[u8]>>> {
        debug_assert!(self.is_sorted || self.rows.is_empty(), "closed before it is asked");
        let from = self.rows.partition_point(|(there, _)| *there < key);
        self.rows[from..].iter().take_while(move |(there, _)| *there == key).map(|(_, at)| self.values(*at))
    }

    /// All rows.
    pub fn all(&self) -> impl Iterator<Item = (u64, impl Iterator<Item = Option<&[u8]>>)> {
        self.rows.iter().map(|(key, at)| (*key, self.values(*at)))
    }

    fn values(&self, at: u32) -> impl Iterator<Item = Option<&[u8]>> {
        let rest = &self.bytes[at as usize..];
        let length = rest.first_chunk::<4>().map_or(0, |length| u32::from_le_bytes(*length) as usize);
        read_values(rest.get(4..4 + length).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_by_their_number() {
        let mut lookup = Lookup::default();
        for (key, value) in [(7, "a"), (3, "b"), (7, "c"), (9, "d")] {
            assert!(lookup.add(key, [Some(value.as_bytes()), None].into_iter()));
        }
        lookup.close();
        let of = |key| {
            lookup
                .of(key)
                .map(|mut row| (row.next().flatten().map(<[u8]>::to_vec), row.next()))
                .map(|(first, second)| (String::from_utf8(first.unwrap_or_default()).expect("ASCII"), second))
                .collect::<Vec<_>>()
        };
        assert_eq!(of(7), [("a".to_owned(), Some(None)), ("c".to_owned(), Some(None))]);
        assert_eq!((of(8).len(), lookup.len(), lookup.all().count()), (0, 4, 4));
    }
}
