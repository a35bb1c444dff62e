//! Words that no card says.

use instep_content::Item;

use crate::shipped::{all, no_faults};
use crate::words::{plain, words};

/// Words and phrases in small letters, each with what to say instead or why not.
const AVOID: &[(&str, &str)] = &[
    ("care manager", "dated: social worker"),
    ("client", "dated: person"),
    ("clients", "dated: people"),
    ("service user group", "dated"),
    ("sufferer", "person with …"),
    ("suffers from", "has, lives with"),
    ("suffering from", "has, lives with"),
    ("victim of", "lives with"),
    ("afflicted", "has, lives with"),
    ("wheelchair-bound", "uses a wheelchair"),
    ("wheelchair bound", "uses a wheelchair"),
    ("confined to", "uses"),
    ("the elderly", "older people"),
    ("the disabled", "disabled people"),
    ("the vulnerable", "people who may be at risk"),
    ("the homeless", "people without a home"),
    ("handicapped", "disabled"),
    ("special needs", "what the person needs"),
    ("mentally ill", "with a mental illness"),
    ("committed suicide", "died by suicide, with a note"),
    ("challenging behaviour", "what the person does"),
    ("non-compliant", "what the person chose"),
    ("failed to engage", "what the service did"),
    ("fail to engage", "what the service did"),
    ("hard to reach", "whom the service didn't reach"),
    ("bed blocker", "a person waiting to leave hospital"),
    ("bed-blocker", "a person waiting to leave hospital"),
    ("bed blocking", "waiting to leave hospital"),
    ("frequent flyer", "a person who is often ill"),
    ("granny flat", "dated"),
    ("inspiring", "nobody inspires by living"),
    ("inspirational", "nobody inspires by living"),
    ("inspiration", "nobody inspires by living"),
    ("brave", "nobody inspires by living"),
    ("journey", "policy prose"),
    ("stakeholder", "policy prose"),
    ("stakeholders", "policy prose"),
    ("empower", "policy prose"),
    ("empowers", "policy prose"),
    ("empowered", "policy prose"),
    ("empowering", "policy prose"),
    ("empowerment", "policy prose"),
    ("holistic", "policy prose"),
    ("toolkit", "policy prose"),
    ("robust", "policy prose"),
    ("going forward", "policy prose"),
    ("person-centred", "policy prose"),
    ("best practice", "policy prose"),
    ("little did i know", "a tidy end"),
    ("a testament to", "a tidy end"),
    ("mattered more than", "a tidy end"),
    ("taught me that", "a moral"),
];

/// Names that a card doesn't say: bodies that may be renamed, firms, benefits, laws. As they are written.
const NAMES: &[&str] = &[
    // Bodies, and what they were once called.
    "CCG",
    "CCGs",
    "PCT",
    "PCTs",
    "LINk",
    "Healthwatch",
    "CQC",
    "Ofsted",
    "NICE",
    "ICB",
    "Ombudsman",
    "DWP",
    "HMRC",
    "NHS",
    "SCIE",
    "NMC",
    "HCPC",
    // Charities and firms.
    "Mencap",
    "Scope",
    "RNIB",
    "RNID",
    "Barnardo's",
    "Samaritans",
    "Shelter",
    "Macmillan",
    "Sense",
    "Tesco",
    "Asda",
    "Aldi",
    "Lidl",
    "Morrisons",
    "Sainsbury's",
    "Waitrose",
    "Greggs",
    "Primark",
    "Argos",
    "Boots",
    "Ikea",
    "IKEA",
    "Facebook",
    "WhatsApp",
    "Instagram",
    "TikTok",
    "Zoom",
    "Teams",
    "Skype",
    "Google",
    "Amazon",
    "Alexa",
    "YouTube",
    "Netflix",
    "iPad",
    "iPhone",
    "Uber",
    "BBC",
    "ITV",
    "Hoover",
    "Motability",
    "Lego",
    "Tupperware",
    // Benefits and laws, which change.
    "PIP",
    "ESA",
    "DLA",
    "Act",
    "Section",
    "Regulation",
    "DoLS",
    "Brexit",
    "Covid",
];

/// Phrases of names in more than one word.
const NAME_PHRASES: &[&str] = &[
    "age uk",
    "carers uk",
    "citizens advice",
    "universal credit",
    "attendance allowance",
    "blue badge scheme",
    "marie curie",
    "red cross",
    "salvation army",
    "care act",
    "capacity act",
    "equality act",
    "mental health act",
    "human rights act",
    "prime minister",
    "secretary of state",
];

/// "Carer" is a person who is not paid. These say it of one who is.
const PAID_CARERS: &[&str] = &[
    "paid carer",
    "paid carers",
    "care staff",
    "carer from the agency",
    "carers from the agency",
    "agency carer",
    "agency carers",
    "home carer",
    "home carers",
    "live-in carer",
    "carer's shift",
    "carers' shift",
    "carer's rota",
    "morning carer",
    "evening carer",
    "night carer",
    "my carers come",
    "the carers come",
    "carers came",
    "carer came",
    "carers in uniform",
    "new carer",
    "key worker carer",
    "carer visits",
    "carers visit",
    "carer's uniform",
    "care assistant",
    "care assistants",
    "carer's wages",
    "our carers work",
    "train our carers",
    "carers on the rota",
];

/// Cards in which a share in percent, or a year, is what the card is about.
const FIGURES_EXCEPTED: &[(&str, &str)] =
    &[("providers-tins-of-soup", "the card is about explaining a percentage to somebody who counts in tins")];

fn heard(item: Item<'_>) -> String {
    format!(" {} | {} ", plain(&item.text()).join(" "), plain(item.prompt()).join(" "))
}

fn has(heard: &str, phrase: &str) -> bool {
    heard.contains(&format!(" {phrase} "))
}

#[test]
fn no_card_says_what_dates_or_hurts() {
    no_faults(all().flat_map(|item| {
        let heard = heard(item);
        let found = AVOID.iter().filter(move |(phrase, _)| has(&heard, phrase));
        found.map(move |(phrase, why)| format!("{}: \"{phrase}\" ({why})", item.id()))
    }));
}

#[test]
fn no_card_names_an_organisation_a_benefit_or_a_law() {
    no_faults(all().flat_map(|item| {
        let text = format!("{} {}", item.text(), item.prompt());
        let heard = heard(item);
        let names = NAMES.iter().filter(|name| words(&text).any(|word| word.trim_end_matches("'s") == **name));
        let phrases = NAME_PHRASES.iter().filter(|phrase| has(&heard, phrase));
        names.chain(phrases).map(|name| format!("{}: names {name}", item.id())).collect::<Vec<_>>()
    }));
}

#[test]
fn a_carer_is_never_paid() {
    no_faults(all().flat_map(|item| {
        let heard = heard(item);
        let mut faults: Vec<String> = PAID_CARERS
            .iter()
            .filter(|phrase| has(&heard, phrase))
            .map(|phrase| format!("{}: \"{phrase}\": a carer isn't paid; care worker, support worker", item.id()))
            .collect();
        let paid = matches!(item, Item::Card(card) if card.voice == "staff");
        if paid && (has(&heard, "i'm a carer") || has(&heard, "as a carer")) {
            faults.push(format!("{}: a member of staff is no carer", item.id()));
        }
        faults
    }));
}

/// Months stay: "since March" is how people tell a wait, and no card grows old by it. A year or a percentage does.
#[test]
fn a_statement_gives_no_year_and_no_percentage() {
    let excepted = |item: &Item<'_>| FIGURES_EXCEPTED.iter().any(|(id, _)| *id == item.id());
    no_faults(all().filter(|item| !excepted(item)).flat_map(|item| {
        let words = plain(&item.text());
        let year = words.iter().find(|w| {
            w.len() == 4 && (w.starts_with("19") || w.starts_with("20")) && w.bytes().all(|b| b.is_ascii_digit())
        });
        let spoken = words.windows(2).find(|w| w[0] == "nineteen" && (w[1].ends_with("ty") || w[1].contains("ty-")));
        let percent =
            item.text().contains('%') || words.iter().any(|w| w == "percent") || has(&heard(item), "per cent");
        [
            year.map(|year| format!("{}: the year {year} will date it", item.id())),
            spoken.map(|w| format!("{}: the year {} will date it", item.id(), w.join(" "))),
            percent.then(|| format!("{}: a percentage: figures belong in prompts, or \"one study found\"", item.id())),
        ]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
    }));
}
