//! Somebody is invited.

use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;

use super::words;
use crate::front::look::{
    Choice, Field, Kind, Link, Problems, Tone, Weight, button_link, buttons, field, form, notice,
    problem_summary, qr, radios, select,
};
use crate::front::{Asked, Place, Problem};
use crate::ids::{RowId, StaffId};
use crate::networks::{self, Center, Organisation};
use crate::scope::{ROLES, Role};
use crate::staff::acts::{self, Invited, Refusal};
use crate::staff::rules::{self, Card, Contractor};
use crate::staff::store;

/// The form as typed.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct InviteForm {
    pub name: String,
    pub email: String,
    pub role: String,
    pub center: String,
    pub organisation: String,
    pub from: String,
    pub version: String,
}

impl InviteForm {
    /// The place that was chosen, as far as its role needs one.
    pub(super) fn place(&self) -> Option<rules::Place> {
        let role = Role::from_code(&self.role)?;
        let center = self.center.parse().ok().filter(|_| role.is_of_center());
        let organisation = self
            .organisation
            .parse()
            .ok()
            .filter(|_| role == Role::Partner);
        Some(rules::Place {
            role,
            center,
            organisation,
        })
    }
}

/// What may be chosen.
pub(super) struct Choices {
    centers: Vec<Center>,
    organisations: Vec<Organisation>,
    /// Changes of contractor that are planned.
    changes: Vec<Contractor>,
}

impl Choices {
    pub(super) async fn of(asked: &Asked) -> Result<Choices, Problem> {
        let mut conn = asked.read().await?;
        let mut centers = networks::list_centers(&mut conn, &asked.deed.scope).await?;
        let mut organisations = networks::list_organisations(&mut conn, &asked.deed.scope).await?;
        let changes = store::contractors::list_ahead(&mut conn, &asked.deed).await?;
        centers.retain(|center| center.closed_at.is_none());
        organisations.retain(|of| of.closed_at.is_none() && of.kind.may_look_up());
        Ok(Choices {
            centers,
            organisations,
            changes,
        })
    }

    /// From when the place holds: at once, or from the change of its center that was chosen.
    fn begins(&self, typed: &InviteForm, place: &rules::Place) -> Option<Option<Timestamp>> {
        if typed.from.is_empty() {
            return Some(None);
        }
        let mut changes = self.changes.iter();
        let chosen = changes.find(|one| change_code(one) == typed.from)?;
        (place.center == Some(chosen.center)).then_some(Some(chosen.at))
    }

    /// A field to choose from when, where a change of contractor is planned.
    fn begin_field(&self, typed: &InviteForm, problems: &Problems) -> Markup {
        let codes: Vec<(String, String)> = self.changes.iter().map(|one| self.said(one)).collect();
        let mut choices = vec![Choice::new(
            "",
            "すぐに（いまの法人の職員、または法人に関わらない役割）",
        )];
        choices.extend(codes.iter().map(|(code, words)| Choice::new(code, words)));
        html! {
            @if !codes.is_empty() {
                (select(&Field { name: "from", label: "いつから", hint: "受託法人の交代を予定しているセンターでは、新しい法人の職員を先に招待できます。使えるのは交代の日からです。",
                    value: &typed.from, problem: problems.of("from"), ..Field::default() }, &choices))
            }
        }
    }

    fn said(&self, change: &Contractor) -> (String, String) {
        let center = self.centers.iter().find(|one| one.id == change.center);
        let center = center.map_or("", |one| one.name.as_str());
        let day = change.first_day().strftime("%Y年%-m月%-d日");
        let words = format!("{day}から（{center}、{}）", change.name);
        (change_code(change), words)
    }

    /// Whether the place names a center or organisation of this town.
    pub(super) fn holds(&self, place: &rules::Place) -> bool {
        let center = |id| self.centers.iter().any(|center| center.id == id);
        let organisation = |id| self.organisations.iter().any(|of| of.id == id);
        place.is_whole()
            && place.center.is_none_or(center)
            && place.organisation.is_none_or(organisation)
    }
}

fn change_code(change: &Contractor) -> String {
    format!("{}.{}", change.center, change.first_day())
}

/// Role, center and organisation as fields.
pub(super) fn place_fields(choices: &Choices, typed: &InviteForm, problems: &Problems) -> Markup {
    let roles: Vec<Choice<'_>> = ROLES
        .iter()
        .map(|role| Choice {
            value: role.code(),
            label: role.word(),
            hint: role_hint(*role),
        })
        .collect();
    let centers: Vec<(String, &str)> = choices
        .centers
        .iter()
        .map(|center| (center.id.to_string(), center.name.as_str()))
        .collect();
    let organisations: Vec<(String, &str)> = choices
        .organisations
        .iter()
        .map(|of| (of.id.to_string(), of.name.as_str()))
        .collect();
    html! {
        (radios(&Field { name: "role", label: "役割", value: &typed.role, required: true,
            problem: problems.of("role"), ..Field::default() }, &roles))
        (one_of("center", "センター", "センター職員のときに選びます。", &centers, &typed.center, problems))
        (one_of("organisation", "機関", "関係機関（病院・消防・警察）のときに選びます。一覧は「町の設定」で作ります。", &organisations, &typed.organisation, problems))
    }
}

fn one_of(
    name: &str,
    label: &str,
    hint: &str,
    listed: &[(String, &str)],
    value: &str,
    problems: &Problems,
) -> Markup {
    let none = [Choice::new("", "なし")];
    let choices: Vec<Choice<'_>> = none
        .into_iter()
        .chain(listed.iter().map(|(id, name)| Choice::new(id, name)))
        .collect();
    select(
        &Field {
            name,
            label,
            hint,
            value,
            problem: problems.of(name),
            ..Field::default()
        },
        &choices,
    )
}

fn role_hint(role: Role) -> &'static str {
    match role {
        Role::TownAdmin => "センターや職員、番号を管理します。登録者の医療情報は見ません。",
        Role::CenterHead => {
            "職員の仕事に加えて、センターの持ち分・遅れ・説明のつかない閲覧を見て、終結を承認します。"
        }
        Role::CenterStaff => "登録者の記録をすべて見て、直せます。",
        Role::NightDesk => "番号の照会に答えます。記録は直せません。",
        Role::Partner => "病院・消防・警察の職員です。番号ともう1つの手がかりで照会します。",
        Role::Auditor => "だれが何を見たかの記録を確かめます。登録者の記録は見ません。",
        Role::Tablet => {
            "人ではなく、ステーションの入口に置く端末です。今日の講座の受付だけができます。リンクを端末で開くと、パスワードなしで使えるようになります。"
        }
    }
}

/// The form.
pub async fn show(asked: Asked) -> Result<Markup, Problem> {
    page(&asked, &InviteForm::default(), &Problems::default()).await
}

async fn page(asked: &Asked, typed: &InviteForm, problems: &Problems) -> Result<Markup, Problem> {
    let choices = Choices::of(asked).await?;
    let body = html! {
        (problem_summary(problems))
        (form("/staff/invite", html! {
            (field(&Field { name: "name", label: "名前", hint: "本人がはじめるときに直せます。", value: &typed.name,
                required: true, problem: problems.of("name"), ..Field::default() }))
            (field(&Field { name: "email", label: "メールアドレス", hint: "ログインに使います。受付のタブレットでは空けておきます。",
                value: &typed.email, kind: Kind::Email, problem: problems.of("email"), ..Field::default() }))
            (place_fields(&choices, typed, problems))
            (choices.begin_field(typed, problems))
            (buttons("招待する", Some(Link::new("やめる", "/staff"))))
        }))
    };
    asked.page(Place::Staff, "職員を招待する", body)
}

/// Takes the form; the link is shown once.
pub async fn send(asked: Asked, Form(typed): Form<InviteForm>) -> Result<Response, Problem> {
    let choices = Choices::of(&asked).await?;
    let (place, mut problems) = check(&choices, &typed);
    let begins = place
        .as_ref()
        .and_then(|place| choices.begins(&typed, place));
    if place.is_some() && begins.is_none() {
        problems.add(
            "from",
            "選んだセンターの交代の日ではありません。もう一度選んでください。",
        );
    }
    let (Some(place), Some(begins), true) = (place, begins, problems.is_empty()) else {
        return Err(Problem::Refused(page(&asked, &typed, &problems).await?));
    };
    let begins = begins.unwrap_or(asked.deed.now);
    let card = Card {
        name: typed.name.trim().to_owned(),
        email: match place.role {
            // A device has no address; nobody writes to this one, nor signs in by it.
            Role::Tablet => format!("{}@tablet.invalid", RowId(asked.deed.new_id())),
            _ => typed.email.trim().to_owned(),
        },
    };
    if place.role == Role::Tablet {
        let invited = acts::invite_for(asked.db(), &asked.deed, card, place, begins).await?;
        return tablet_link(&asked, &invited);
    }
    match acts::invite_for(asked.db(), &asked.deed, card.clone(), place, begins).await {
        Ok(invited) => shown_once(&asked, &invited, &card).await,
        Err(Refusal::EmailTaken) => {
            problems.add("email", words(&Refusal::EmailTaken));
            Err(Problem::Refused(page(&asked, &typed, &problems).await?))
        }
        Err(other) => Err(other.into()),
    }
}

fn check(choices: &Choices, typed: &InviteForm) -> (Option<rules::Place>, Problems) {
    let mut problems = Problems::default();
    let name = typed.name.trim().chars().count();
    if !(1..=60).contains(&name) {
        problems.add("name", "名前を60文字までで入れてください。");
    }
    let tablet = Role::from_code(&typed.role) == Some(Role::Tablet);
    if !tablet && !looks_like_email(typed.email.trim()) {
        problems.add(
            "email",
            "メールアドレスを、name@example.jp のような形で入れてください。",
        );
    }
    let place = typed.place();
    match &place {
        None => problems.add("role", "役割を選んでください。"),
        Some(place) if !choices.holds(place) => {
            problems.add(place_field(place.role), words(&Refusal::PlaceNotWhole));
        }
        Some(_) => {}
    }
    (place, problems)
}

/// The field that lacks something when a role's place is not whole.
pub(super) fn place_field(role: Role) -> &'static str {
    match role {
        Role::Partner => "organisation",
        _ => "center",
    }
}

fn looks_like_email(text: &str) -> bool {
    let parts = text.split_once('@');
    let plain = text.is_ascii() && !text.contains(char::is_whitespace) && text.len() <= 254;
    plain
        && parts.is_some_and(|(name, host)| {
            !name.is_empty() && host.contains('.') && !host.contains('@')
        })
}

/// A new link for somebody who has not come yet.
pub async fn send_again(asked: Asked, Path(staff): Path<StaffId>) -> Result<Response, Problem> {
    let invited = acts::invite_again(asked.db(), &asked.deed, staff).await?;
    let (scope, keys) = (&asked.deed.scope, &asked.deed.keys);
    let account = store::find_account(&mut asked.read().await?, scope, keys, staff).await?;
    let account = account.ok_or(Problem::NotFound)?;
    match account.is_tablet() {
        true => tablet_link(&asked, &invited),
        false => shown_once(&asked, &invited, &account.card).await,
    }
}

async fn shown_once(asked: &Asked, invited: &Invited, card: &Card) -> Result<Response, Problem> {
    let link = format!("{}/join/{}", asked.app.config.public_url, invited.token);
    let mailed = asked.app.post.is_on() && mail(asked, card, &link).await;
    let body = html! {
        @if mailed { (notice(Tone::Good, "招待のメールを送りました", html! { p { "届かないときは、次のリンクを別の方法で渡してください。" } })) }
        p { "次のリンクを、本人だけに渡してください。" strong { "この画面でしか見られません。" } "1回だけ使え、72時間で使えなくなります。" }
        p { code.secret { (link) } }
        (button_link(Weight::Primary, Link::new("職員の一覧へ", "/staff")))
    };
    Ok(asked
        .page(Place::Staff, "招待のリンク", body)?
        .into_response())
}

/// For the tablet's own camera: who sets it up types nothing there.
fn tablet_link(asked: &Asked, invited: &Invited) -> Result<Response, Problem> {
    let link = format!("{}/join/{}", asked.app.config.public_url, invited.token);
    let body = html! {
        p { "受付に使うタブレットのカメラで、このQRを読み取ってください。" strong { "この画面でしか見られません。" } "1回だけ使え、72時間で使えなくなります。" }
        div.qr { (qr(&link, "受付のタブレットで読み取るQR").unwrap_or_default()) }
        p { code.secret { (link) } }
        (button_link(Weight::Primary, Link::new("職員の一覧へ", "/staff")))
    };
    Ok(asked
        .page(Place::Staff, "受付のタブレットのリンク", body)?
        .into_response())
}

async fn mail(asked: &Asked, card: &Card, link: &str) -> bool {
    let town = &asked.session.network_name;
    let text = format!(
        "{town}の職員として招待されました。\n\n次のリンクを開いて、パスワードを決めてください。\n{link}\n\n\
         リンクは72時間で使えなくなります。心あたりのないときは、このメールを消してください。\n"
    );
    let sent = asked
        .app
        .post
        .send(&card.email, &format!("{town}：はじめての設定"), &text)
        .await;
    if let Err(error) = &sent {
        tracing::warn!(%error, "an invitation was not mailed");
    }
    sent.is_ok()
}
