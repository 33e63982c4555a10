//! A supporter's own page on paper, for those who want no screen.

use axum::extract::Path;
use axum::response::Response;
use press::{OwnLine, OwnSheet, Paper};

use super::supporters::{find, yen};
use super::{around, shown};
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::front::{Asked, Problem};
use crate::ids::SupporterId;
use crate::station::courses::{day_words, fee_words};
use crate::station::own::{self, Mine, Next, Picture, done_words, places_words};

/// So many stand on one sheet, with the two weeks of what one just comes to.
const MOST_NEXT: usize = 9;
const MOST_OPEN: usize = 6;
/// What was done in the last weeks; what is older was handed over before.
const MOST_DONE: usize = 6;

fn mine(of: &Mine) -> OwnLine {
    let mut words = vec![
        of.place.clone(),
        format!("{}：{}", of.signup.state.word(), of.words),
    ];
    words.retain(|words| !words.is_empty());
    OwnLine {
        day: day_words(of.day.day),
        hours: of.day.details.hours.to_string(),
        what: of.day.details.title.clone(),
        words,
    }
}

fn next(of: &Next) -> OwnLine {
    let place = of.day.place.as_ref().map(|place| place.word.clone());
    let mut about = vec![format!("参加費 {}", fee_words(of.day.fee))];
    if !of.day.bring.is_empty() {
        about.push(format!("持ち物 {}", of.day.bring));
    }
    about.extend(of.room.as_ref().map(places_words));
    OwnLine {
        day: day_words(of.day.day),
        hours: of.day.hours.to_string(),
        what: of.day.title.clone(),
        words: place.into_iter().chain([about.join("　")]).collect(),
    }
}

fn sheet_of(name: &str, of: &Picture) -> OwnSheet {
    let signs_up = of.next.iter().filter(|one| one.room.is_some());
    let comes = of.next.iter().filter(|one| one.room.is_none());
    let agreed = of.agreed.iter();
    let done = of.done.iter().take(MOST_DONE);
    OwnSheet {
        title: format!("{name} 様　講座と見守りのお知らせ"),
        mine: of.mine.iter().map(mine).collect(),
        more: signs_up.clone().count() > MOST_NEXT || comes.clone().count() > MOST_OPEN,
        next: signs_up.take(MOST_NEXT).map(next).collect(),
        open: comes.take(MOST_OPEN).map(next).collect(),
        vouchers: yen(u32::try_from(of.vouchers).unwrap_or_default()),
        agreed: agreed
            .map(|(signal, since)| format!("{}（{}から）", signal.word(), day_words(*since)))
            .collect(),
        done: done
            .filter_map(|(week, state)| {
                let words = done_words(*state)?;
                Some(format!("{}からの週：{words}", day_words(*week)))
            })
            .collect(),
    }
}

/// The sheet.
pub async fn sheet(asked: Asked, Path(id): Path<SupporterId>) -> Result<Response, Problem> {
    let one = find(&asked, id).await?;
    let words = format!("サポーター（{id}）のご本人のページを紙で");
    let line = Line::new(Verb::Printed, one.person, Fields::CONSENT).saying(words);
    audit::witness(asked.db(), &asked.deed, line).await?;
    let mut conn = asked.read().await?;
    let picture = own::picture(&mut conn, &asked.deed, &one).await?;
    drop(conn);
    let paper = Paper::OwnSheet(sheet_of(&one.details.name, &picture));
    let mut surround = around(&asked, asked.deed.scope.center).await?;
    surround.printed_by = String::new();
    let day = in_japan(asked.deed.now).date();
    shown(surround, paper, &format!("own-{day}")).await
}
