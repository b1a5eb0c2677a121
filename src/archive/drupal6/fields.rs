//! The columns that CCK made of fields: `field_lead_value`, `field_lead_format`, `field_file_fid`, …

use std::collections::BTreeMap;

use super::install::Columns;
use crate::archive::encoding::decode;

/// Columns of a table that are no field's.
const OWN: &[&str] = &["nid", "vid", "delta"];

/// One value of a field: its columns by the end of their names.
pub type Parts = BTreeMap<String, String>;

/// The fields of a node, each with its values in the order of their deltas.
#[derive(Debug, Default)]
pub struct Fields(BTreeMap<String, Vec<(i64, Parts)>>);

impl Fields {
    /// Takes in a row of a table of fields. The values that are not what their column is are counted in `odd`.
    pub fn take<'a>(&mut self, table: &Columns, row: impl Iterator<Item = Option<&'a [u8]>>, odd: &mut usize) {
        let mut delta = 0;
        let mut found: BTreeMap<&str, Parts> = BTreeMap::new();
        for ((column, charset), value) in table.columns.iter().zip(row) {
            let Some(value) = value else { continue };
            if column == "delta" {
                delta = std::str::from_utf8(value).ok().and_then(|text| text.parse().ok()).unwrap_or_default();
            }
            if OWN.contains(&column.as_str()) {
                continue;
            }
            let (text, is_odd) = decode(value, *charset);
            *odd += usize::from(is_odd);
            if let Some((field, part)) = column.rsplit_once('_') {
                found.entry(field).or_default().insert(part.to_owned(), text.into_owned());
            }
        }
        for (field, parts) in found {
            self.0.entry(field.to_owned()).or_default().push((delta, parts));
        }
    }

    /// All have come.
    pub fn order(&mut self) {
        for values in self.0.values_mut() {
            values.sort_by_key(|(delta, _)| *delta);
        }
    }

    /// The values of a field.
    pub fn of(&self, name: &str) -> impl Iterator<Item = &Parts> {
        self.0.get(name).into_iter().flatten().map(|(_, parts)| parts)
    }

    /// The text of a field: its values, with what each kind of field keeps it under.
    pub fn texts(&self, name: &str) -> Vec<&str> {
        self.of(name)
            .filter_map(|parts| ["value", "email", "title", "url"].iter().find_map(|part| parts.get(*part)))
            .map(|text| text.trim())
            .filter(|text| !text.is_empty())
            .collect()
    }

    /// The first of them.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.texts(name).into_iter().next()
    }

    /// Names of all fields with an example, for the inspection.
    pub fn examples(&self) -> impl Iterator<Item = (&str, &Parts)> {
        self.0.iter().filter_map(|(name, values)| Some((name.as_str(), &values.first()?.1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::encoding::Charset;

    #[test]
    fn values_stand_in_the_order_of_their_deltas() {
        let columns = ["vid", "nid", "delta", "field_a_b_value", "field_a_b_format", "field_c_fid"];
        let table = Columns {
            name: "content_field_a_b".into(),
            columns: columns.iter().map(|name| ((*name).to_owned(), Charset::Utf8)).collect(),
        };
        let mut fields = Fields::default();
        let mut odd = 0;
        for (delta, text, fid) in [("1", "second", Some("7")), ("0", "first", None)] {
            let row = [Some("3"), Some("2"), Some(delta), Some(text), None, fid];
            fields.take(&table, row.into_iter().map(|value| value.map(str::as_bytes)), &mut odd);
        }
        fields.order();
        assert_eq!(
            (fields.texts("field_a_b"), fields.text("field_a_b"), odd),
            (vec!["first", "second"], Some("first"), 0)
        );
        assert_eq!(fields.of("field_c").next().and_then(|parts| parts.get("fid")).map(String::as_str), Some("7"));
        assert_eq!(fields.text("field_x"), None);
    }
}
