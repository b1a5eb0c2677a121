//! The Council of the demo: the meeting of a week ago, whose decisions go public with the rest of the week, and the one of
//! this Friday, which is being prepared.

use anyhow::{Context as _, ensure};
use chrono::{Duration, NaiveDate};
use chrono_tz::Tz;
use diesel::sql_types::{Array, BigInt, Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use crate::account::Person;
use crate::council::decision::{self, NewDecision};
use crate::council::model::{Instrument, MeetingKind, Plan, Reading, Terms, fingerprint};
use crate::council::{meeting, publication, query};
use crate::ids::{EditionId, MandateId, MeetingId, ReleaseId};
use crate::kit::clock;
use crate::kit::lang::{Lang, Texts};
use crate::release::model::{Content, Kind, LanguageVersion};
use crate::release::{decision as terms_of, drafting, query as releases};

fn day(text: &str) -> anyhow::Result<NaiveDate> {
    text.parse().with_context(|| format!("{text} is no day"))
}

fn texts(fr: &str, nl: &str, de: &str, en: &str) -> Texts {
    [(Lang::Fr, fr), (Lang::Nl, nl), (Lang::De, de), (Lang::En, en)]
        .map(|(lang, text)| (lang, text.to_owned()))
        .into_iter()
        .collect()
}

/// What is planned of a Friday's Council: at the palace, public at one o'clock.
async fn plan(conn: &mut AsyncPgConnection, zone: Tz, on: NaiveDate) -> anyhow::Result<Plan> {
    let noon = on.and_hms_opt(13, 0, 0).context("no such hour")?;
    let planned_at = clock::instant(zone, noon);
    let chair = mandates(conn, &["prime-minister".to_owned()]).await?.into_iter().next();
    Ok(Plan {
        kind: MeetingKind::Council,
        held_on: on,
        places: Some(texts(
            "Palais des Confluents, Vaurmont",
            "Paleis der Samenvloeiing, Vaurmont",
            "Palast der Zusammenflüsse, Vaurmont",
            "Palace of the Confluence, Vaurmont",
        )),
        is_electronic: false,
        chair,
        intros: None,
        languages: vec![Lang::Fr, Lang::Nl],
        deadline_at: Some(planned_at - Duration::minutes(15)),
        silence_agrees: false,
        planned_at: Some(planned_at),
    })
}

/// The mandates for whom these institutions work, in their order.
async fn mandates(conn: &mut AsyncPgConnection, codes: &[String]) -> anyhow::Result<Vec<MandateId>> {
    #[derive(diesel::QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        id: MandateId,
    }
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT m.id FROM unnest($1::text[]) WITH ORDINALITY AS wanted (code, place)
         JOIN institutions i ON i.code = wanted.code JOIN mandates m ON m.policy_cell_id = i.id
         WHERE m.starts_at <= site_now() AND (m.ends_at IS NULL OR m.ends_at > site_now()) ORDER BY wanted.place",
    )
    .bind::<Array<Text>, _>(codes)
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// The meeting of Friday a week ago, before anything of it is written.
pub async fn last_week(conn: &mut AsyncPgConnection, zone: Tz, author: &Person) -> anyhow::Result<MeetingId> {
    let plan = plan(conn, zone, day("2026-11-13")?).await?;
    Ok(meeting::plan(conn, author, &plan).await?)
}

/// A release of the Council that was begun is an item of that meeting, proposed by those who issue it with the Council.
pub async fn join(
    conn: &mut AsyncPgConnection,
    id: MeetingId,
    (release, edition): (ReleaseId, EditionId),
    issuers: &[String],
    title: &str,
) -> anyhow::Result<()> {
    releases::set_kind(conn, release, Kind::Decision).await?;
    query::append(conn, id, release).await?;
    let terms = Terms {
        mandates: mandates(conn, issuers.get(1..).unwrap_or_default()).await?,
        instruments: crate::council::paste::instrument_of(title).into_iter().collect(),
    };
    Ok(terms_of::set_terms(conn, edition, &terms).await?)
}

/// Publishes the meeting with all its decisions, as the desk does.
pub async fn publish(conn: &mut AsyncPgConnection, zone: Tz, by: &Person, id: MeetingId) -> anyhow::Result<()> {
    let of = query::meeting(conn, id).await?.context("no meeting")?;
    let seen = fingerprint(&of, &query::items(conn, id).await?);
    let outcome = publication::publish(conn, zone, by, id, &seen).await?;
    ensure!(outcome.held_back.is_empty(), "some decisions of the demo are not ready");
    Ok(())
}

/// The meeting of this Friday: four decisions that were handed in, one that lacks its Dutch text, one that is a title.
pub async fn meetings(conn: &mut AsyncPgConnection, zone: Tz, author: &Person) -> anyhow::Result<MeetingId> {
    let plan = plan(conn, zone, day("2026-11-20")?).await?;
    let id = meeting::plan(conn, author, &plan).await?;
    for item in ITEMS {
        let mut titles = Texts::one(Lang::Fr, item.fr.0);
        titles.0.insert(Lang::Nl, item.nl.0.to_owned());
        let proposers: Vec<String> = item.proposers.iter().map(|code| (*code).to_owned()).collect();
        let terms = Terms {
            mandates: mandates(conn, &proposers).await?,
            instruments: vec![Reading { instrument: item.instrument, reading: item.reading }],
        };
        let begun = decision::add(conn, author, id, &[NewDecision { titles, terms }]).await?;
        let (_, edition) = begun.into_iter().next().context("nothing begun")?;
        let version = |of: (&str, &str, &str)| LanguageVersion {
            title: of.0.to_owned(),
            lead: of.1.to_owned(),
            body: of.2.to_owned(),
        };
        if item.fr.1.is_empty() {
            continue;
        }
        let current = releases::lock_editions(conn, &[edition]).await?.pop().context("no edition")?;
        let before = crate::release::draft::load(conn, &current).await?.content;
        let content =
            Content { versions: [(Lang::Fr, version(item.fr)), (Lang::Nl, version(item.nl))].into(), ..before };
        drafting::write(conn, author, edition, content).await?;
        if !item.nl.1.is_empty() {
            drafting::submit(conn, author, edition).await?;
        }
    }
    Ok(id)
}

struct Item {
    /// Title, lead, text.
    fr: (&'static str, &'static str, &'static str),
    nl: (&'static str, &'static str, &'static str),
    proposers: &'static [&'static str],
    instrument: Instrument,
    reading: Option<i16>,
}

const ITEMS: &[Item] = &[
    Item {
        fr: (
            "Indemnité vélo étendue au télétravail partiel",
            "Sur proposition de la ministre de la Mobilité et des Voies navigables, le Conseil des ministres a approuvé un projet d’arrêté royal qui étend l’indemnité vélo aux jours de travail partagés entre le domicile et le bureau.",
            "L’indemnité est due pour chaque trajet effectivement parcouru, même si la journée est interrompue par du télétravail.\n\nLe projet prévoit :\n\n- une indemnité de 0,35 euro par kilomètre ;\n- un plafond de 40 kilomètres par jour ;\n- une entrée en vigueur au 1er janvier 2027.\n\nLe projet est transmis pour avis au Conseil d’État.",
        ),
        nl: (
            "Fietsvergoeding ook bij gedeeltelijk thuiswerk",
            "Op voorstel van de minister van Mobiliteit en Waterwegen heeft de ministerraad een ontwerp van koninklijk besluit goedgekeurd dat de fietsvergoeding uitbreidt tot dagen die verdeeld zijn tussen thuis en kantoor.",
            "De vergoeding is verschuldigd voor elke rit die werkelijk afgelegd werd, ook als de dag door thuiswerk onderbroken wordt.\n\nHet ontwerp voorziet in:\n\n- een vergoeding van 0,35 euro per kilometer;\n- een grens van 40 kilometer per dag;\n- een inwerkingtreding op 1 januari 2027.\n\nHet ontwerp wordt voor advies aan de Raad van State voorgelegd.",
        ),
        proposers: &["minister-mobility", "minister-economy"],
        instrument: Instrument::DraftRoyalDecree,
        reading: None,
    },
    Item {
        fr: (
            "Dépistage auditif des nouveau-nés dans toutes les maternités",
            "Sur proposition de la ministre de la Santé publique, le Conseil des ministres a approuvé un avant-projet de loi qui généralise le dépistage auditif dans les trois premiers jours de vie.",
            "Le dépistage est gratuit. Les parents peuvent le refuser.\n\nEn 2025, neuf nouveau-nés sur dix ont été examinés. L’avant-projet confie le suivi aux services de santé de l’enfance et fixe le délai d’un premier rendez-vous à quinze jours.\n\nL’avant-projet est transmis pour avis au Conseil d’État.",
        ),
        nl: (
            "Gehoorscreening van pasgeborenen in alle kraamafdelingen",
            "Op voorstel van de minister van Volksgezondheid heeft de ministerraad een voorontwerp van wet goedgekeurd dat de gehoorscreening in de eerste drie levensdagen veralgemeent.",
            "De screening is gratis. Ouders kunnen ze weigeren.\n\nIn 2025 werden negen op de tien pasgeborenen onderzocht. Het voorontwerp vertrouwt de opvolging toe aan de diensten voor kindergezondheid en legt de termijn voor een eerste afspraak op vijftien dagen vast.\n\nHet voorontwerp wordt voor advies aan de Raad van State voorgelegd.",
        ),
        proposers: &["minister-health"],
        instrument: Instrument::PreliminaryDraftLaw,
        reading: Some(1),
    },
    Item {
        fr: (
            "Inondations de novembre : reconnaissance comme calamité dans onze communes",
            "Sur proposition du ministre de l’Intérieur et du ministre de l’Eau, de l’Environnement et du Climat, le Conseil des ministres a approuvé un projet d’arrêté royal qui reconnaît comme calamité la crue du 16 au 19 novembre 2026.",
            "La reconnaissance ouvre le droit à une indemnisation par le Fonds des calamités. Les habitants introduisent leur demande auprès de leur commune, jusqu’au 28 février 2027.\n\nLa liste des communes est jointe au projet.",
        ),
        nl: (
            "Overstromingen van november: erkenning als ramp in elf gemeenten",
            "Op voorstel van de minister van Binnenlandse Zaken en de minister van Water, Leefmilieu en Klimaat heeft de ministerraad een ontwerp van koninklijk besluit goedgekeurd dat het hoogwater van 16 tot 19 november 2026 als ramp erkent.",
            "De erkenning geeft recht op een vergoeding door het Rampenfonds. Inwoners dienen hun aanvraag in bij hun gemeente, tot en met 28 februari 2027.\n\nDe lijst van de gemeenten is bij het ontwerp gevoegd.",
        ),
        proposers: &["minister-interior", "minister-environment"],
        instrument: Instrument::DraftRoyalDecree,
        reading: None,
    },
    Item {
        fr: (
            "Plafonnement des frais de rappel entre entreprises et consommateurs – deuxième lecture",
            "Sur proposition du ministre de l’Économie et des Classes moyennes et de la ministre de la Justice, le Conseil des ministres a approuvé en deuxième lecture un projet de loi sur les frais de rappel.",
            "Le premier rappel est gratuit. À partir du deuxième, les frais ne peuvent dépasser 7,50 euros.\n\nLe projet, adapté à l’avis du Conseil d’État, est déposé au Parlement.",
        ),
        nl: (
            "Begrenzing van de aanmaningskosten tussen ondernemingen en consumenten – tweede lezing",
            "Op voorstel van de minister van Economie en Middenstand en de minister van Justitie heeft de ministerraad in tweede lezing een wetsontwerp over aanmaningskosten goedgekeurd.",
            "De eerste aanmaning is gratis. Vanaf de tweede mogen de kosten niet hoger zijn dan 7,50 euro.\n\nHet ontwerp, aangepast aan het advies van de Raad van State, wordt in het Parlement ingediend.",
        ),
        proposers: &["minister-economy", "minister-justice"],
        instrument: Instrument::DraftLaw,
        reading: Some(2),
    },
    Item {
        fr: (
            "Pension minimale : simplification du calcul des années mixtes",
            "Sur proposition du ministre des Pensions, le Conseil des ministres a approuvé un avant-projet de loi qui simplifie le calcul des carrières partagées entre plusieurs régimes.",
            "Le texte sera complété après la concertation sociale.",
        ),
        nl: ("Minimumpensioen: eenvoudiger berekening van gemengde jaren", "", ""),
        proposers: &["minister-pensions"],
        instrument: Instrument::PreliminaryDraftLaw,
        reading: None,
    },
    Item {
        fr: ("Nominations au comité de gestion de l’Agence fédérale de l’Eau", "", ""),
        nl: ("Benoemingen in het beheerscomité van het Federaal Wateragentschap", "", ""),
        proposers: &["minister-environment"],
        instrument: Instrument::Appointment,
        reading: None,
    },
];
