//! Who governs the demo's federation: the government before, the present one with what each member is competent for, who
//! speaks and who answers for them, and a rota for the week.

use std::collections::HashMap;

use anyhow::Context as _;
use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;
use diesel_async::{AsyncConnection, AsyncPgConnection};

use super::ACTOR;
use crate::account::creation::{self, NewAccount};
use crate::account::{Person, Role};
use crate::desk::government::takeover;
use crate::directory::contact::{Channel, ChannelKind, ContactKind, Owner};
use crate::directory::government::keeping::{self, Cell, WrittenMandate};
use crate::directory::government::register::{self, Kind};
use crate::directory::government::speaking;
use crate::directory::settings::{self, Written};
use crate::directory::standby::hours;
use crate::directory::standby::rota::{self, Days, Planned};
use crate::ids::{CompetenceId, ContactId, InstitutionId, MandateId, OfficeId, PersonId};
use crate::kit::clock;
use crate::kit::lang::{Lang, Texts};

/// French, Dutch, German, English.
type Four = [&'static str; 4];

fn texts(four: Four) -> Texts {
    Lang::ALL.into_iter().zip(four).map(|(lang, text)| (lang, text.to_owned())).collect()
}

struct Member {
    given: &'static str,
    family: &'static str,
    /// Also the office's name.
    title: Four,
    /// The code of the policy cell.
    cell: &'static str,
    competences: &'static [Four],
    /// Name, function in its language, what they speak, the end of the number.
    contacts: &'static [(&'static str, Four, &'static [Lang], &'static str)],
}

const SPOKESWOMAN: Four = ["Porte-parole", "Woordvoerster", "Pressesprecherin", "Spokeswoman"];
const SPOKESMAN: Four = ["Porte-parole", "Woordvoerder", "Pressesprecher", "Spokesman"];

/// The present government, by precedence.
const MEMBERS: &[Member] = &[
    Member {
        given: "Odile",
        family: "Tervarent",
        title: ["Première ministre", "Eerste minister", "Premierministerin", "Prime Minister"],
        cell: "prime-minister",
        competences: &[
            ["Politique générale", "Algemeen beleid", "Allgemeine Politik", "General policy"],
            [
                "Relations avec les provinces",
                "Betrekkingen met de provincies",
                "Beziehungen zu den Provinzen",
                "Relations with the provinces",
            ],
        ],
        contacts: &[
            ("Élise Corbantin", SPOKESWOMAN, &[Lang::Fr, Lang::En], "11"),
            ("Stijn Overmeire", SPOKESMAN, &[Lang::Nl, Lang::En], "12"),
        ],
    },
    Member {
        given: "Bastien",
        family: "Clairmarais",
        title: [
            "Vice-premier ministre et ministre de l’Économie et des Classes moyennes",
            "Vice-eersteminister en minister van Economie en Middenstand",
            "Vizepremierminister und Minister für Wirtschaft und Mittelstand",
            "Deputy Prime Minister and Minister of the Economy and Small Businesses",
        ],
        cell: "minister-economy",
        competences: &[
            ["Économie", "Economie", "Wirtschaft", "Economy"],
            ["Classes moyennes", "Middenstand", "Mittelstand", "Small businesses"],
            ["Protection des consommateurs", "Consumentenbescherming", "Verbraucherschutz", "Consumer protection"],
        ],
        contacts: &[("Anke Rosenfeld", SPOKESWOMAN, &[Lang::De, Lang::Fr, Lang::Nl], "30")],
    },
    Member {
        given: "Ruben",
        family: "Aldewijn",
        title: [
            "Vice-premier ministre et ministre de l’Intérieur",
            "Vice-eersteminister en minister van Binnenlandse Zaken",
            "Vizepremierminister und Minister des Innern",
            "Deputy Prime Minister and Minister of the Interior",
        ],
        cell: "minister-interior",
        competences: &[
            ["Sécurité civile", "Civiele veiligheid", "Zivile Sicherheit", "Civil protection"],
            ["Police", "Politie", "Polizei", "Police"],
        ],
        contacts: &[("Julie Marchenoir", SPOKESWOMAN, &[Lang::Fr, Lang::Nl], "40")],
    },
    Member {
        given: "Katrin",
        family: "Lehnertz",
        title: [
            "Ministre de la Santé publique",
            "Minister van Volksgezondheid",
            "Ministerin der Volksgesundheit",
            "Minister of Public Health",
        ],
        cell: "minister-health",
        competences: &[
            ["Santé publique", "Volksgezondheid", "Volksgesundheit", "Public health"],
            ["Sécurité alimentaire", "Voedselveiligheid", "Lebensmittelsicherheit", "Food safety"],
        ],
        contacts: &[("Jonas Weyrich-Sandt", SPOKESMAN, &[Lang::De, Lang::Fr], "63")],
    },
    Member {
        given: "Hélène",
        family: "Varnier",
        title: [
            "Ministre de la Mobilité et des Voies navigables",
            "Minister van Mobiliteit en Waterwegen",
            "Ministerin für Mobilität und Wasserstraßen",
            "Minister of Mobility and Waterways",
        ],
        cell: "minister-mobility",
        competences: &[
            ["Voies navigables", "Waterwegen", "Wasserstraßen", "Waterways"],
            ["Chemins de fer", "Spoorwegen", "Eisenbahn", "Railways"],
            ["Sécurité routière", "Verkeersveiligheid", "Straßenverkehrssicherheit", "Road safety"],
        ],
        contacts: &[
            ("Cédric Montavaux", SPOKESMAN, &[Lang::Fr, Lang::Nl, Lang::En], "77"),
            ("Tine Hoogstrate", SPOKESWOMAN, &[Lang::Nl, Lang::Fr], "78"),
        ],
    },
    Member {
        given: "Tomas",
        family: "Verhulle",
        title: [
            "Ministre de l’Eau, de l’Environnement et du Climat",
            "Minister van Water, Leefmilieu en Klimaat",
            "Minister für Wasser, Umwelt und Klima",
            "Minister of Water, Environment and Climate",
        ],
        cell: "minister-environment",
        competences: &[
            ["Gestion de l’eau", "Waterbeheer", "Wasserwirtschaft", "Water management"],
            ["Climat", "Klimaat", "Klima", "Climate"],
        ],
        contacts: &[("Marit Vossebeld", SPOKESWOMAN, &[Lang::Nl, Lang::De, Lang::En], "55")],
    },
    Member {
        given: "Sabine",
        family: "Oosterlinde",
        title: ["Ministre de la Justice", "Minister van Justitie", "Ministerin der Justiz", "Minister of Justice"],
        cell: "minister-justice",
        competences: &[
            ["Justice", "Justitie", "Justiz", "Justice"],
            ["Prisons", "Gevangenissen", "Gefängnisse", "Prisons"],
        ],
        contacts: &[("Lander Quintyn", SPOKESMAN, &[Lang::Nl, Lang::Fr], "84")],
    },
    Member {
        given: "Maarten",
        family: "Delcour",
        title: ["Ministre des Pensions", "Minister van Pensioenen", "Minister der Pensionen", "Minister of Pensions"],
        cell: "minister-pensions",
        competences: &[["Pensions", "Pensioenen", "Renten", "Pensions"]],
        contacts: &[("Nele Verhoosel", SPOKESWOMAN, &[Lang::Nl, Lang::Fr], "91")],
    },
];

/// Of the government before: who, and which office of the present ones.
const BEFORE: &[(&str, &str, usize)] =
    &[("Armand", "Lindenbourg", 0), ("Odile", "Tervarent", 1), ("Karel", "Zandvliet", 4), ("Monique", "Hautrive", 3)];

/// A contact of an institution: its code, then name, kind, function, languages, the end of the number, the hours of the week.
type Service = (&'static str, &'static str, ContactKind, Four, &'static [Lang], &'static str, [&'static str; 7]);

/// Contacts of institutions.
const SERVICES: &[Service] = &[
    (
        "chancellery",
        "Rüdiger Ahrenhold",
        ContactKind::Person,
        ["Porte-parole de permanence", "Woordvoerder van wacht", "Pressesprecher vom Dienst", "Duty spokesman"],
        &[Lang::De, Lang::Fr, Lang::Nl],
        "00",
        ["8-20", "8-20", "8-20", "8-20", "8-20", "9-20", "9-20"],
    ),
    (
        "fps-mobility",
        "Lotte Hemelrijck",
        ContactKind::Person,
        SPOKESWOMAN,
        &[Lang::Nl, Lang::Fr],
        "42",
        ["9-18", "9-18", "9-18", "9-18", "9-20", "8-20", "8-20"],
    ),
    (
        "crisis-centre",
        "Service de presse",
        ContactKind::Service,
        ["Permanence de crise", "Crisiswacht", "Krisenbereitschaft", "Crisis desk"],
        &[Lang::Fr, Lang::Nl, Lang::De, Lang::En],
        "19",
        ["0-24", "0-24", "0-24", "0-24", "0-24", "0-24", "0-24"],
    ),
    (
        "water-agency",
        "Ilka Brandenhof",
        ContactKind::Person,
        SPOKESWOMAN,
        &[Lang::De, Lang::Nl, Lang::Fr],
        "58",
        ["", "", "", "", "9-18", "9-18", "9-18"],
    ),
];

/// Lets the two governments take over, each at its time, and leaves the clock where it stood.
pub async fn government(
    conn: &mut AsyncPgConnection,
    zone: Tz,
    institutions: &HashMap<String, InstitutionId>,
) -> anyhow::Result<()> {
    let back = clock::now(conn).await?;
    let at = |text: &str| -> anyhow::Result<_> {
        let day: NaiveDate = text.parse().with_context(|| format!("{text} is no day"))?;
        Ok(clock::instant(zone, day.and_time(NaiveTime::from_hms_opt(11, 0, 0).context("no hour")?)))
    };
    clock::freeze(conn, at("2021-06-10")?).await?;
    let mut offices = Vec::new();
    let mut people: HashMap<(&str, &str), PersonId> = HashMap::new();
    for member in MEMBERS {
        offices.push(OfficeId(register::add_within(conn, ACTOR, Kind::Office, &texts(member.title)).await?));
    }
    let before = keeping::prepare_within(
        conn,
        ACTOR,
        &texts(["Gouvernement Lindenbourg", "Regering-Lindenbourg", "Regierung Lindenbourg", "Lindenbourg government"]),
        false,
    )
    .await?;
    for (position, (given, family, office)) in BEFORE.iter().enumerate() {
        let person_id = person(conn, &mut people, given, family).await?;
        let new = WrittenMandate {
            office_id: offices[*office],
            person_id,
            titles: texts(MEMBERS[*office].title),
            cell: Cell::None,
            position: i32::try_from(position)? + 1,
            competences: Vec::new(),
        };
        add(conn, before, &new).await?;
    }
    conn.transaction(async |conn| takeover::take_over_within(conn, ACTOR, before).await).await?;

    clock::freeze(conn, at("2025-02-03")?).await?;
    let present = keeping::prepare_within(
        conn,
        ACTOR,
        &texts(["Gouvernement Tervarent", "Regering-Tervarent", "Regierung Tervarent", "Tervarent government"]),
        false,
    )
    .await?;
    let mut mandates = Vec::new();
    for (position, member) in MEMBERS.iter().enumerate() {
        let mut competences = Vec::new();
        for name in member.competences {
            competences.push(CompetenceId(register::add_within(conn, ACTOR, Kind::Competence, &texts(*name)).await?));
        }
        let cell = institutions.get(member.cell).copied().with_context(|| format!("no institution {}", member.cell))?;
        let new = WrittenMandate {
            office_id: offices[position],
            person_id: person(conn, &mut people, member.given, member.family).await?,
            titles: texts(member.title),
            cell: Cell::There(cell, None),
            position: i32::try_from(position)? + 1,
            competences,
        };
        mandates.push(add(conn, present, &new).await?);
    }
    conn.transaction(async |conn| takeover::take_over_within(conn, ACTOR, present).await).await?;

    clock::freeze(conn, back).await?;
    // Whoever keeps the directory; nobody signs in as them.
    let keeper = creation::create(
        conn,
        ACTOR,
        NewAccount {
            email: "directory@quatrerivieres.example".to_owned(),
            name: "Directory".to_owned(),
            role: Role::Admin,
            institution_id: None,
            password: None,
        },
    )
    .await?;
    for (member, mandate) in MEMBERS.iter().zip(&mandates) {
        staff(conn, zone, &keeper, member, *mandate).await?;
    }
    for (code, name, kind, function, languages, end, week) in SERVICES {
        let id = institutions.get(*code).copied().with_context(|| format!("no institution {code}"))?;
        let owner = Owner::Institution(id);
        let host = format!("{code}.example");
        let of = (*name, *kind, *function, *languages, *end, host.as_str());
        let contact = contact(conn, &keeper, owner, of).await?;
        plan(conn, zone, &keeper, owner, contact, week).await?;
    }
    Ok(())
}

async fn person(
    conn: &mut AsyncPgConnection,
    known: &mut HashMap<(&'static str, &'static str), PersonId>,
    given: &'static str,
    family: &'static str,
) -> anyhow::Result<PersonId> {
    if let Some(id) = known.get(&(given, family)) {
        return Ok(*id);
    }
    let id = register::person_within(conn, ACTOR, given, family).await?;
    known.insert((given, family), id);
    Ok(id)
}

async fn add(
    conn: &mut AsyncPgConnection,
    of: crate::ids::GovernmentId,
    new: &WrittenMandate,
) -> anyhow::Result<MandateId> {
    Ok(conn.transaction(async |conn| keeping::add_mandate_within(conn, ACTOR, of, new).await).await?)
}

/// Whom the press calls and who validates for a member: the same people, the second as deputy.
async fn staff(
    conn: &mut AsyncPgConnection,
    zone: Tz,
    keeper: &Person,
    member: &Member,
    mandate: MandateId,
) -> anyhow::Result<()> {
    let host = format!("{}.example", member.cell);
    for (place, (name, function, languages, end)) in member.contacts.iter().enumerate() {
        let owner = Owner::Mandate(mandate);
        let of = (*name, ContactKind::Person, *function, *languages, *end, host.as_str());
        let contact = contact(conn, keeper, owner, of).await?;
        if member.cell == "minister-mobility" && place == 0 {
            plan(conn, zone, keeper, owner, contact, &["", "", "", "", "9-22", "9-20", ""]).await?;
        }
        let new = speaking::Written {
            name: (*name).to_owned(),
            email: mail(name, &host),
            phone: Some(format!("+999 470 55 01 {end}")),
            lang: languages.first().copied().unwrap_or(Lang::Fr),
            is_deputy: place > 0,
            starts_at: None,
            ends_at: None,
        };
        speaking::name(conn, keeper, mandate, &new).await?;
    }
    Ok(())
}

fn mail(name: &str, host: &str) -> String {
    format!("{}@{host}", crate::kit::slug::slug(Lang::En, name).replace('-', "."))
}

async fn contact(
    conn: &mut AsyncPgConnection,
    by: &Person,
    owner: Owner,
    (name, kind, function, languages, end, host): (&str, ContactKind, Four, &[Lang], &str, &str),
) -> anyhow::Result<ContactId> {
    let channel = |kind, value: String, public, note: &str| Channel { kind, value, public, note: note.to_owned() };
    let new = Written {
        kind,
        name: name.to_owned(),
        functions: Some(texts(function)),
        languages: languages.to_vec(),
        hours: None,
        note: String::new(),
        is_default: true,
        channels: vec![
            channel(ChannelKind::Phone, format!("+999 2 555 01 {end}"), true, ""),
            channel(ChannelKind::Phone, format!("+999 470 55 01 {end}"), false, "mobile, for colleagues"),
            channel(ChannelKind::Mail, mail(name, host), true, ""),
        ],
    };
    Ok(settings::write_contact(conn, by, owner, None, &new).await?)
}

/// The same hours in the weeks around the demo's Friday.
async fn plan(
    conn: &mut AsyncPgConnection,
    zone: Tz,
    by: &Person,
    owner: Owner,
    contact: ContactId,
    week: &[&str; 7],
) -> anyhow::Result<()> {
    let monday = NaiveDate::from_ymd_opt(2026, 11, 16).context("a Monday")?;
    let mut days = Days::new();
    for (n, cell) in week.iter().enumerate() {
        let spans = hours::read(cell).map_err(|why| anyhow::anyhow!("{cell}: {why:?}"))?;
        let planned = spans.into_iter().map(|span| Planned { span, note: String::new() }).collect();
        days.insert((contact, rota::later(monday, n as u64)), planned);
    }
    rota::plan(conn, zone, by, owner, &days).await?;
    rota::repeat(conn, zone, by, owner, monday, 3).await?;
    Ok(())
}
