//! One tag: its number, what carries it, what happened to it, and what can be done.

use std::collections::HashMap;

use axum::extract::Path;
use maud::{Markup, html};

use super::said;
use crate::audit::{self, Fields, Line, Verb};
use crate::deed::Deed;
use crate::front::look::{
    self, Choice, Entry, Event, Field, Head, Kind, Link, Tone, Weight, buttons, field, form,
};
use crate::front::{Asked, Place, Problem};
use crate::ids::{StaffId, TagId};
use crate::staff;
use crate::tags::rules::{Carrier, Done, KINDS, ShutWhy, State, Tag};
use crate::tags::store;

/// The tag, after the line of its sight is durable.
pub(super) async fn enter(asked: &Asked, id: TagId) -> Result<Tag, Problem> {
    let found = store::find(&mut asked.read().await?, &asked.deed, id).await?;
    let tag = found.ok_or(Problem::NotFound)?;
    if tag.person.is_some() {
        let line = Line::new(Verb::Saw, tag.person, Fields::TAGS);
        audit::witness(asked.db(), &asked.deed, line).await?;
    }
    Ok(tag)
}

/// The page.
pub async fn page(asked: Asked, Path(id): Path<TagId>) -> Result<Markup, Problem> {
    let tag = enter(&asked, id).await?;
    let mut conn = asked.read().await?;
    let carriers = store::list_carriers(&mut conn, &asked.deed, id).await?;
    let history = store::list_acts(&mut conn, &asked.deed, id).await?;
    let accounts = staff::list_accounts(&mut conn, &asked.deed.scope, &asked.deed.keys).await?;
    let names = accounts
        .into_iter()
        .map(|account| (account.id, account.card.name))
        .collect();
    let main = html! {
        (number(&tag))
        (look::record(&entries(&tag, &asked.deed)))
        @if in_use(&tag) || tag.state == State::Stock {
            (look::section("品物", things(&asked.deed, &tag, &carriers)))
            p { (look::text_link(Link::new("シールをラベル用紙に印刷する", &format!("/tags/{id}/stickers")))) }
        }
        (look::section("これまでのこと", events(&history, &names, &asked.deed)))
    };
    asked.page(Place::Tags, "タグ", look::sheet(main, choices(&tag)))
}

fn number(tag: &Tag) -> Markup {
    let shown = tag.number.shown();
    let groups: Vec<&str> = shown.split('-').collect();
    match tag.number.spoken() {
        spoken if spoken.is_empty() => html! { p.big-number { (shown) } },
        spoken => look::big_number(&groups, &spoken),
    }
}

fn entries(tag: &Tag, deed: &Deed) -> Vec<Entry<'static>> {
    let mut entries = vec![Entry::new(
        "状態",
        html! {
            (said::state(tag.state)) " " (said::moment(tag.since, deed.now)) "から"
        },
    )];
    if let Some(person) = tag.person {
        let link = html! { a href={ "/people/" (person) } { "登録者のページ" } "（" a href={ "/people/" (person) "/tags" } { "この方のタグ" } "）" };
        entries.push(Entry::new(
            if in_use(tag) {
                "お持ちの方"
            } else {
                "お持ちだった方"
            },
            link,
        ));
    }
    if let Some(new) = tag.replaced_by {
        entries.push(Entry::new(
            "新しい番号",
            html! { a href={ "/tags/" (new) } { "代わりのタグを見る" } },
        ));
    }
    entries
}

const fn in_use(tag: &Tag) -> bool {
    matches!(tag.state, State::Bound | State::Lost)
}

fn events(history: &[Done], names: &HashMap<StaffId, String>, deed: &Deed) -> Markup {
    if history.is_empty() {
        return html! { p { "まだ何もありません。交付すると、ここに残ります。" } };
    }
    let events: Vec<Event<'_>> = history
        .iter()
        .map(|done| Event {
            when: said::moment(done.at, deed.now),
            who: done
                .by
                .and_then(|by| names.get(&by))
                .map_or("システム", String::as_str),
            what: html! { (done.act.word()) @if !done.remark.is_empty() { "：" (done.remark) } },
        })
        .collect();
    look::timeline(&events)
}

fn things(deed: &Deed, tag: &Tag, carriers: &[Carrier]) -> Markup {
    let base = format!("/tags/{}/carriers", tag.id);
    let head = [
        Head::new("品物"),
        Head::new("QRコード"),
        Head::new("できること"),
    ];
    let rows: Vec<Vec<Markup>> = carriers
        .iter()
        .map(|carrier| thing(deed, &base, carrier))
        .collect();
    let kinds = KINDS.map(|kind| Choice::new(kind.code(), kind.word()));
    let kind = Field {
        name: "kind",
        label: "追加する品物",
        value: KINDS[0].code(),
        ..Field::default()
    };
    html! {
        @if rows.is_empty() { p { "この番号の品物は、まだ登録されていません。" } }
        @else { (look::table("この番号がついている品物", &head, &rows)) }
        (form(&base, html! {
            (look::select(&kind, &kinds))
            (buttons("品物を追加する", None))
        }))
    }
}

fn thing(deed: &Deed, base: &str, carrier: &Carrier) -> Vec<Markup> {
    let one = format!("{base}/{}", carrier.id);
    let word = carrier.kind.word();
    let state = match carrier.shut {
        Some((at, why)) => {
            html! { (look::chip(Tone::Warning, "停止中")) " " (why.word()) "（" (said::moment(at, deed.now)) "）" }
        }
        None => look::chip(Tone::Good, "使えます"),
    };
    let ways = html! {
        @if carrier.shut.is_some() {
            (look::act(Weight::Quiet, "QRを再開する", word, &format!("{one}/opening"), &[]))
        } @else {
            (look::text_link(Link::new("ラベルを印刷する", &format!("{one}/label"))))
            @for why in [ShutWhy::Lost, ShutWhy::Broken] {
                (look::act(Weight::Quiet, &format!("QRを止める（{}）", why.word()), word, &format!("{one}/shutting"), &[("why", why.code())]))
            }
        }
    };
    vec![
        html! { (word) " " small { (said::moment(carrier.made_at, deed.now)) "に作成" } },
        state,
        ways,
    ]
}

/// What can be done with the number itself.
fn choices(tag: &Tag) -> Markup {
    let base = format!("/tags/{}", tag.id);
    html! {
        @match tag.state {
            State::Bound => {
                (remarked("なくしたとき", "なくしても、番号を読み上げた電話には応対できます。見つかれば元にもどせます。", "紛失の届けを受ける", &format!("{base}/loss")))
            }
            State::Lost => (look::section("見つかったとき", look::act(Weight::Primary, "見つかった", "", &format!("{base}/finding"), &[]))),
            State::Stock | State::Replaced | State::Returned | State::Void => {}
        }
        @if in_use(tag) {
            (look::section("番号を取りかえるとき", html! {
                p { "新しい番号をお渡しし、この番号は使えなくします。" }
                (look::button_link(Weight::Secondary, Link::new("新しい番号に交換する", &format!("{base}/replacement"))))
            }))
            (remarked("使わなくなったとき", "QRコードも止まります。当日中は取り消せます。", "返却を受ける", &format!("{base}/return")))
        }
        @if tag.state != State::Void {
            (look::section("二度と使わないとき", look::button_link(Weight::Quiet, Link::new("無効にする…", &format!("{base}/void")))))
        }
    }
}

fn remarked(title: &str, text: &str, label: &str, action: &str) -> Markup {
    let name = format!("remark-{}", action.rsplit('/').next().unwrap_or_default());
    let remark = Field {
        name: &name,
        label: "ひとこと（なくてもよい）",
        kind: Kind::Long,
        ..Field::default()
    };
    look::section(
        title,
        html! {
            p { (text) }
            (form(action, html! { (field(&remark)) (buttons(label, None)) }))
        },
    )
}
