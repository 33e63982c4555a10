//! The forms of the page on which a case is shared and given away.

use jiff::civil::Date;
use maud::{Markup, html};

use super::basis::{self, Giving};
use super::parts::{choices, colleagues, day, moment, paragraphs, who};
use super::path;
use super::typed::Typed;
use crate::cases::rules::{
    Case, Consent, Entry, EntryState, Handover, HandoverState, How, Link, Purpose, Receiver, State,
    Urgency, Viewer, WhyTransfer,
};
use crate::cases::store;
use crate::clock::in_japan;
use crate::front::look::{self, Choice, Event, Kind, Problems, Tone, Weight};
use crate::front::{Asked, Problem};
use crate::ids::CenterId;
use crate::networks;
use crate::people::Names;
use crate::scope::Right;

/// A form as it stands: what was typed, and what is wrong with it.
type Form<'a> = (&'a Typed, &'a Problems);

/// What the page shows.
pub struct All {
    colleagues: Vec<(String, String)>,
    centers: Vec<(String, String)>,
    organisations: Vec<(String, String)>,
    receivers: Vec<(String, String)>,
    viewers: Vec<Entry<Viewer>>,
    consents: Vec<Entry<Consent>>,
    links: Vec<(Entry<Link>, String)>,
    handovers: Vec<Handover>,
    today: Date,
    /// Whether whoever asks decides about the case.
    pub leads: bool,
    runs: bool,
    may_override: bool,
}

impl All {
    /// Everything of one case.
    pub async fn read(asked: &Asked, case: &Case) -> Result<All, Problem> {
        let colleagues = colleagues(asked, case.center).await?;
        let mut conn = asked.read().await?;
        let deed = &asked.deed;
        let all = networks::list_centers(&mut conn, &deed.scope).await?;
        let others = all
            .into_iter()
            .filter(|one| one.id != case.center && one.closed_at.is_none());
        let all = networks::list_organisations(&mut conn, &deed.scope).await?;
        let open = all.into_iter().filter(|one| one.closed_at.is_none());
        let (mut centers, mut organisations, mut receivers) = (Vec::new(), Vec::new(), Vec::new());
        for one in open {
            let code = basis::code(Receiver::Organisation(one.id));
            receivers.push((code, one.name.clone()));
            organisations.push((one.id.to_string(), one.name));
        }
        for one in others {
            receivers.push((basis::code(Receiver::Center(one.id)), one.name.clone()));
            centers.push((one.id.to_string(), one.name));
        }
        let mut links = Vec::new();
        for link in store::list_entries::<Link>(&mut conn, deed, case.id).await? {
            let (EntryState::On, Some(other)) = (link.state, link.other) else {
                continue;
            };
            if let Ok(other) = store::find(&mut conn, deed, other).await {
                links.push((link, other.name()));
            }
        }
        Ok(All {
            colleagues,
            centers,
            organisations,
            receivers,
            viewers: store::list_entries(&mut conn, deed, case.id).await?,
            consents: store::list_entries(&mut conn, deed, case.id).await?,
            links,
            handovers: store::list_handovers(&mut conn, deed, case.id).await?,
            today: in_japan(deed.now).date(),
            leads: case.is_led_by(&deed.scope),
            runs: case.must_be_run_by(&deed.scope).is_ok(),
            may_override: asked.may(Right::OverrideConsent),
        })
    }

    fn basis(&self, giving: Giving, form: Form<'_>) -> Markup {
        let receivers = match giving {
            Giving::Transfer => &self.centers,
            Giving::Referral => &self.organisations,
        };
        let of = (self.consents.as_slice(), receivers.as_slice());
        basis::form(giving, of, (self.today, self.may_override), form)
    }

    fn offered(&self) -> Option<&Handover> {
        self.handovers.iter().find(|one| one.must_wait().is_ok())
    }
}

fn is_open(case: &Case) -> bool {
    case.state == State::Open
}

/// Who is in charge.
pub fn assignment(case: &Case, all: &All, (typed, problems): Form<'_>) -> Markup {
    let of = |staff: Option<crate::ids::StaffId>| staff.map(|id| id.to_string());
    let shown = typed
        .clone()
        .with("lead", of(case.lead).unwrap_or_default())
        .with("second", of(case.second).unwrap_or_default());
    html! {
        @if is_open(case) && all.leads { (look::section("担当", look::form(&format!("{}/assignment", path(case.id)), html! {
            (look::hidden("version", &case.version.to_string()))
            (shown.select(("lead", "担当", ""), &choices("選んでください", &all.colleagues), problems))
            (shown.select(("second", "副担当", ""), &choices("なし", &all.colleagues), problems))
            (look::buttons("担当を決める", None))
        }))) }
    }
}

/// Who else may see it.
pub fn viewers(case: &Case, all: &All, (typed, problems): Form<'_>, names: &Names) -> Markup {
    let now: Vec<_> = all
        .viewers
        .iter()
        .filter(|one| one.holds(all.today))
        .collect();
    look::section(
        "ほかに見られる職員",
        html! {
            p { "いまの設定：" strong { (case.access.word()) } }
            @for one in &now { p {
                (who(names, one.staff)) "（" (one.day.map(|until| day(until, all.today)).unwrap_or_default()) "まで）　"
                small { (one.body.reason) }
                @if all.leads { (look::act(Weight::Quiet, "外す", &who(names, one.staff),
                    &format!("{}/viewers/{}/removal", path(case.id), one.id), &[])) }
            } }
            @if all.leads && is_open(case) {
                (look::form(&format!("{}/viewers", path(case.id)), html! {
                    (typed.select(("viewer", "職員", ""), &choices("選んでください", &all.colleagues), problems))
                    (typed.field(("viewer_until", "いつまで", "1年までです。"), Kind::Short, problems))
                    (typed.field(("viewer_reason", "なぜ見てもらうのか", "例：訪問にいっしょに行くため"), Kind::Text, problems))
                    (look::buttons("加える", None))
                }))
            }
        },
    )
}

/// Whom may be told.
pub fn consents(case: &Case, all: &All, (typed, problems): Form<'_>, today: Date) -> Markup {
    let purposes: Vec<Choice<'_>> = Purpose::ALL
        .iter()
        .map(|purpose| Choice::new(purpose.code(), purpose.word()))
        .collect();
    look::section(
        "同意",
        html! {
            @for one in &all.consents { (consent(case, one, today, (typed, problems))) }
            details open[problems.of("purpose").is_some() || problems.of("consent_to").is_some()] {
                summary { "同意を記録する" }
                (look::form(&format!("{}/consents", path(case.id)), html! {
                    (look::radios(&typed.plain(("purpose", "何のための同意ですか", ""), Kind::Text, problems), &purposes))
                    (typed.select(("consent_place", "だれに伝えてよいか", "病院やセンターの中の部署のことは、下の「伝えてよいこと」に書きます。"), &choices("ここにない相手", &all.receivers), problems))
                    (typed.field(("consent_to", "ここにない相手の名前", "例：桜台の長女の夫、サービス付き住宅「ひだまり」"), Kind::Text, problems))
                    (typed.field(("consent_by", "どなたから、どのように", "例：ご本人、書面。長女（代理）、電話"), Kind::Text, problems))
                    (typed.field(("given_on", "いただいた日", ""), Kind::Short, problems))
                    (typed.field(("consent_until", "いつまで", "空けておくと、撤回されるまでです。"), Kind::Short, problems))
                    (typed.field(("consent_words", "伝えてよいこと・伝えないこと", ""), Kind::Textarea, problems))
                    (look::buttons("同意を記録する", None))
                }))
            }
        },
    )
}

fn consent(case: &Case, one: &Entry<Consent>, today: Date, (typed, problems): Form<'_>) -> Markup {
    let body = &one.body;
    let said = format!("said_{}", one.id);
    html! {
        div.card {
            p {
                @if body.withdrawn.is_some() { (look::chip(Tone::Warning, "撤回されました")) }
                @else if one.holds(today) { (look::chip(Tone::Good, "有効")) }
                @else { (look::chip(Tone::Warning, "期限が過ぎました")) }
                " " strong { (body.purpose.word()) } "：" (body.to)
            }
            p { (body.by) "　" (day(body.given_on, today)) "から"
                @if let Some(until) = one.day { (day(until, today)) "まで" } }
            (paragraphs(&body.words))
            @if let Some((on, said)) = &body.withdrawn { p { (day(*on, today)) "に撤回：" (said) } }
            @else { details open[problems.of(&said).is_some()] { summary { "撤回の申し出があった" }
                (look::form(&format!("{}/consents/{}/withdrawal", path(case.id), one.id), html! {
                    (typed.field((&said, "どのような申し出でしたか", ""), Kind::Text, problems))
                    (look::buttons("撤回を記録する", None))
                }))
            } }
        }
    }
}

/// To another center.
pub fn transfer(
    case: &Case,
    all: &All,
    (typed, problems): Form<'_>,
    (elsewhere, names): (Option<CenterId>, &Names),
) -> Markup {
    if !is_open(case) || !all.runs {
        return html! {};
    }
    if let Some(offered) = all.offered() {
        return look::section(
            "ほかのセンターへの引き継ぎ",
            html! {
                p { (names.center(offered.to_center)) "の返事を待っています（" (moment(offered.made_at)) "から）。" }
                (look::act(Weight::Secondary, "申し出を取り下げる", "", &format!("/handovers/{}/recall", offered.id), &[("version", &offered.version.to_string())]))
            },
        );
    }
    let shown = match elsewhere {
        Some(center) => typed
            .clone()
            .with("center", center.to_string())
            .with("why_transfer", WhyTransfer::Moved.code()),
        None => typed.clone(),
    };
    let whys: Vec<Choice<'_>> = WhyTransfer::ALL
        .iter()
        .map(|why| Choice::new(why.code(), why.word()))
        .collect();
    let urgencies: Vec<Choice<'_>> = Urgency::ALL
        .iter()
        .map(|urgency| Choice::new(urgency.code(), urgency.word()))
        .collect();
    look::section(
        "ほかのセンターへの引き継ぎ",
        html! {
            p { "引き受けるまで、相手のセンターには、お名前・年齢・望むこと・急ぎかた・下の言葉だけが見えます。引き受けた時から、このセンターからは何も見えなくなります。" }
            (look::form(&format!("{}/transfer", path(case.id)), html! {
                (shown.select(("center", "どのセンターへ", ""), &choices("選んでください", &all.centers), problems))
                (look::radios(&shown.plain(("why_transfer", "どうして", "転居や区域の変更で、ご本人の担当センターがもう引き継ぎ先に変わっているときは、同意はいりません（町の同じ仕事の中での引き継ぎです）。これから転居される方は、同意をいただいてから申し出ます。"), Kind::Text, problems), &whys))
                (look::radios(&shown.plain(("urgency", "どのくらい急ぎますか", ""), Kind::Text, problems), &urgencies))
                (shown.field(("transfer_words", "引き受けるセンターへの言葉", ""), Kind::Textarea, problems))
                (all.basis(Giving::Transfer, (&shown, problems)))
                (look::buttons("引き継ぎを申し出る", None))
            }))
        },
    )
}

/// To an organisation.
pub fn referral(case: &Case, all: &All, (typed, problems): Form<'_>) -> Markup {
    if !is_open(case) || !all.runs {
        return html! {};
    }
    look::section(
        "関係機関への紹介",
        look::form(
            &format!("{}/referral", path(case.id)),
            html! {
                (typed.select(("organisation", "紹介先", ""), &choices("ここにない所", &all.organisations), problems))
                (typed.field(("refer_to", "ここにない紹介先の名前", ""), Kind::Text, problems))
                (typed.field(("refer_words", "伝えたこと・お願いしたこと", "このあと印刷できるお願いの手紙に、お名前・ふりがな・生年月日といっしょに、このまま載ります。"), Kind::Textarea, problems))
                (all.basis(Giving::Referral, (typed, problems)))
                (look::buttons("紹介を記録する", None))
            },
        ),
    )
}

/// What was done so far.
pub fn past(all: &All, names: &Names, form: Form<'_>) -> Markup {
    let writers: Vec<String> = all
        .handovers
        .iter()
        .map(|one| who(names, one.made_by))
        .collect();
    let events: Vec<Event<'_>> = all
        .handovers
        .iter()
        .zip(&writers)
        .map(|(one, writer)| Event {
            when: html! { (moment(one.made_at)) },
            who: writer,
            what: handover(one, names, form),
        })
        .collect();
    html! {
        @if !events.is_empty() { (look::section("これまでの引き継ぎと紹介", look::timeline(&events))) }
    }
}

fn handover(one: &Handover, names: &Names, (typed, problems): Form<'_>) -> Markup {
    let answer = format!("answer_{}", one.id);
    let to = match one.how {
        How::Transfer => names.center(one.to_center).to_owned(),
        How::Assign | How::Refer => one.told.to.clone(),
    };
    html! {
        strong { (one.how.word()) } "：" (to) "　" (one.state.word())
        @if one.overridden { " " (look::chip(Tone::Warning, "同意なし")) }
        (paragraphs(&one.told.words))
        @if !one.told.overridden.is_empty() { p { "同意なしの理由：" (one.told.overridden) } }
        @if !one.told.answer.is_empty() { p { "返事：" (one.told.answer) } }
        @if one.how == How::Refer {
            (look::act(Weight::Quiet, "お願いの手紙を印刷する（PDF）", to.as_str(), &format!("/papers/handovers/{}", one.id), &[]))
        }
        @if one.how == How::Refer && one.state == HandoverState::Done {
            details open[problems.of(&answer).is_some()] { summary { "返事を書く" }
                (look::form(&format!("/handovers/{}/answer", one.id), html! {
                    (look::hidden("version", &one.version.to_string()))
                    (look::field(&look::Field { required: true,
                        ..typed.plain((&answer, "どのような返事でしたか", ""), Kind::Textarea, problems) }))
                    (look::buttons("返事を記録する", None))
                }))
            }
        }
    }
}

/// Cases that belong together.
pub fn links(case: &Case, all: &All, (typed, problems): Form<'_>) -> Markup {
    look::section(
        "関連する支援",
        html! {
            @for (link, name) in &all.links { p {
                (name) " " small { (link.body.note) }
                (look::act(Weight::Quiet, "外す", name, &format!("{}/links/{}/removal", path(case.id), link.id), &[]))
            } }
            (look::form(&format!("{}/links", path(case.id)), html! {
                (typed.field(("number", "支援の番号", "例：12"), Kind::Number, problems))
                (typed.field(("link_note", "どのような関係か", "例：同じ世帯、隣の家"), Kind::Text, problems))
                (look::buttons("結ぶ", None))
            }))
        },
    )
}
