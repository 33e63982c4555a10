//! From notice to look, to visit, to the end: by way, in the last twelve months. For the town also what
//! is late, center by center: counts and times, no contents.

use jiff::civil::Date;
use maud::{Markup, html};

use super::{Side, sided};
use crate::clock::{in_japan, instant, midnight};
use crate::front::look::{self, Head};
use crate::front::{Asked, Problem};
use crate::ids::NoticeId;
use crate::notices::acts;
use crate::notices::rules::{
    FEWEST, Figures, LONGEST_MS, Passed, Spread, Way, figures, helped as helped_in, quarters,
};
use crate::notices::store::{self, Lateness};
use crate::people::Names;
use crate::people::said::moment;
use crate::scope::Right;

const YEAR_MS: i64 = 365 * 86_400_000;

/// The page.
pub async fn page(asked: Asked) -> Result<Markup, Problem> {
    let deed = &asked.deed;
    // A center counts its own; the town counts all.
    let town = asked.may(Right::ManageTown);
    let mut conn = asked.read().await?;
    let today = in_japan(deed.now).date();
    let quarters = quarters(today);
    let since = midnight(quarters[3].0).as_millisecond() - LONGEST_MS;
    let mut long = store::list_passed(&mut conn, deed, (since, deed.at() + 1), town).await?;
    let ids: Vec<NoticeId> = long.iter().map(|one| one.id).collect();
    let helped = (asked.app.above.helped)(&mut conn, deed, (ids, since)).await?;
    for (one, at) in long.iter_mut().zip(helped) {
        one.helped_at = at;
    }
    let year = long
        .iter()
        .filter(|one| one.received_at >= deed.at() - YEAR_MS);
    let all: Vec<Passed> = year.copied().collect();
    let late = match town {
        true => store::list_lateness(&mut conn, deed).await?,
        false => Vec::new(),
    };
    let names = Names::read(&mut conn, deed).await?;
    drop(conn);
    let whose = deed.scope.center.filter(|_| !town);
    let now = quarters.map(|of| ((whose, of.0), helped_in(&long, of)));
    let shown = acts::keep_quarters(asked.db(), deed, now.into()).await?;
    let shown: Vec<_> = quarters.into_iter().zip(shown).collect();
    let body = html! {
        p { @if town { "町全体の" } @else { "このセンターと、担当の決まっていない" } "気づきを、届いた日からこれまでの12か月分で数えています。" }
        (by_way(&all))
        (look::section("助けが届くまで", help(&shown)))
        (known(&figures(&all)))
        @if town { (look::section("最初の確認が遅れているもの", lateness(&asked, &names, &late))) }
    };
    sided(&asked, Side::Figures, "気づきのようす", body)
}

fn by_way(all: &[Passed]) -> Markup {
    let head = [
        Head::new("届き方"),
        Head::figures("件数"),
        Head::figures("最初の確認まで"),
        Head::figures("訪問まで"),
        Head::figures("終わりまで"),
    ];
    let ways = Way::ALL.iter().map(|way| {
        let of: Vec<Passed> = all.iter().filter(|one| one.way == *way).copied().collect();
        (way.word(), figures(&of))
    });
    let ways = ways.filter(|(_, of)| of.count > 0);
    let mut rows: Vec<Vec<Markup>> = ways.map(|(word, of)| row(word, &of)).collect();
    rows.push(row("すべて", &figures(all)));
    html! {
        (look::table("届き方ごとの件数と時間", &head, &rows))
        p { "時間は、左が「ちょうどまんなかの件」、右が「10件のうち9件は、この時間まで」です。かっこは、時間をはかった件数です。" }
    }
}

fn row(word: &str, of: &Figures) -> Vec<Markup> {
    vec![
        html! { (word) },
        html! { (of.count) },
        spread(&of.look),
        spread(&of.visit),
        spread(&of.end),
    ]
}

/// A time of few would tell of one.
fn help(quarters: &[((Date, Date), Spread)]) -> Markup {
    let head = [Head::new("助けが届いた月"), Head::figures("助けが届くまで")];
    let rows = quarters.iter().map(|((from, to), of)| {
        let last = to.yesterday().unwrap_or(*to);
        vec![
            html! { (from.year()) "年" (from.month()) "月から" (last.month()) "月" },
            html! { @if of.count < FEWEST { (FEWEST) "件未満" } @else { (spread(of)) } },
        ]
    });
    html! {
        (look::table("助けが届くまでの時間", &head, &rows.collect::<Vec<_>>()))
        p { "気づきが届いてから、そこから始まった支援で「必要な助けが届いた」と記録された日か、支援から始めたつなぎが完了した日の、早いほうまでの時間です。1年をこえたものは入っていません。" }
        p { "だれのことかがわからないように、終わった3か月ごとに数え、" (FEWEST) "件に満たないときは出しません。" }
    }
}

fn spread(of: &Spread) -> Markup {
    html! {
        @if of.count == 0 { "―" }
        @else { (span(of.median)) "／" (span(of.ninetieth)) "（" (of.count) "件）" }
    }
}

/// Minutes as one says them.
fn span(minutes: i64) -> String {
    match minutes {
        0..60 => format!("{minutes}分"),
        60..2_880 => match minutes % 60 {
            0 => format!("{}時間", minutes / 60),
            rest => format!("{}時間{rest}分", minutes / 60),
        },
        _ => match minutes % 1_440 / 60 {
            0 => format!("{}日", minutes / 1_440),
            rest => format!("{}日{rest}時間", minutes / 1_440),
        },
    }
}

fn known(all: &Figures) -> Markup {
    look::section(
        "だれも知らなかった方",
        html! {
            @if all.ended == 0 { p { "まだ終わった気づきがありません。" } }
            @else {
                p { "終わった気づき（まちがいを除く）" strong { (all.ended) "件" } "のうち、" strong { (all.unknown) "件" }
                    "は、知らせが届いたときに登録がなく、あとで登録された方のことでした。" }
                p { "登録のある方のことは" (all.known) "件、どなたとも結ばずに終えたものは" (all.untied) "件です。結ばなかったものは、どなたのことだったかを数えられません。" }
            }
        },
    )
}

fn lateness(asked: &Asked, names: &Names, late: &[Lateness]) -> Markup {
    let head = [
        Head::new("センター"),
        Head::figures("遅れている件数"),
        Head::figures("うち急ぎ"),
        Head::figures("町に上がった件数"),
        Head::new("いちばん古い期限"),
    ];
    let rows: Vec<Vec<Markup>> = late
        .iter()
        .map(|one| {
            vec![
                html! { (names.center(one.center)) },
                html! { (one.count) },
                html! { (one.danger) },
                html! { (one.climbed) },
                moment(instant(one.since), asked.deed.now),
            ]
        })
        .collect();
    match rows.is_empty() {
        true => html! { p { "遅れているものはありません。" } },
        false => look::table("センターごとの遅れ", &head, &rows),
    }
}
