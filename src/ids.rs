//! Which row is meant, with a type for each kind, so that one can't be taken for another.

use std::fmt;

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::BigInt;
use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, AsExpression, FromSqlRow)]
        #[diesel(sql_type = BigInt)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl ToSql<BigInt, Pg> for $name {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
                <i64 as ToSql<BigInt, Pg>>::to_sql(&self.0, &mut out.reborrow())
            }
        }

        impl FromSql<BigInt, Pg> for $name {
            fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
                <i64 as FromSql<BigInt, Pg>>::from_sql(value).map(Self)
            }
        }
    )*};
}

ids! {
    /// Somebody who signs in.
    AccountId;
    /// Who issues releases.
    InstitutionId;
    /// A term of the thematic vocabulary.
    TopicId;
    /// A release, whatever its edition.
    ReleaseId;
    /// A numbered version of a release.
    EditionId;
    /// An immutable snapshot of an edition's texts.
    RevisionId;
    /// A media file, or a link to one.
    AssetId;
    /// An import as a whole.
    ImportId;
    /// An old address and where it leads.
    RedirectId;
    /// Whom journalists may call.
    ContactId;
    /// A personal link to a release that is not public.
    GrantId;
    /// An address that receives mail.
    SubscriberId;
    /// A saved filter with its frequency.
    SubscriptionId;
    /// Addresses that an institution keeps.
    PressListId;
    /// What fell due at one instant.
    RunId;
    /// One mail of a run to one person.
    DeliveryId;
    /// A government, in office or being prepared.
    GovernmentId;
    /// Somebody who holds or held an office.
    PersonId;
    /// A seat in a government, whoever holds it.
    OfficeId;
    /// A person in an office, from an instant to an instant.
    MandateId;
    /// What a member of the government is competent for.
    CompetenceId;
    /// Who speaks for a mandate.
    SpokespersonId;
    /// One meeting of the Council of Ministers.
    MeetingId;
    /// One sending of all that waits in a meeting.
    RoundId;
    /// One mandate's say about one edition.
    RequestId;
    /// What a spokesperson answered.
    AnswerId;
    /// What was answered together.
    ReceiptId;
    /// A personal link to what waits for an answer.
    LinkId;
    /// A device on which such a link was opened.
    DeviceId;
    /// What is written to one spokesperson.
    MailId;
}

/// A place in the log of public changes: 1 for the first, without a gap.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize, AsExpression, FromSqlRow,
)]
#[diesel(sql_type = BigInt)]
#[serde(transparent)]
pub struct Sequence(pub i64);

impl ToSql<BigInt, Pg> for Sequence {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        <i64 as ToSql<BigInt, Pg>>::to_sql(&self.0, &mut out.reborrow())
    }
}

impl FromSql<BigInt, Pg> for Sequence {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        <i64 as FromSql<BigInt, Pg>>::from_sql(value).map(Self)
    }
}
