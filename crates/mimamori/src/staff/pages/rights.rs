//! Who may see this person? Roles, rights, and who holds them.

use maud::{Markup, html};

use super::list::{Names, names, work_place};
use crate::front::look::{Head, Tone, chip, section, table};
use crate::front::{Asked, Place, Problem};
use crate::scope::{RIGHTS, ROLES, Right, Role};
use crate::staff::rules::{Account, AccountState};
use crate::staff::store;

/// A right in the words of those who have it.
fn right_words(right: Right) -> &'static str {
    match right {
        Right::Desk => "番号の照会に答え、基本情報と緊急連絡先を伝える",
        Right::Medical => "救急隊や病院に、医療情報を伝える",
        Right::Search => "名前・生年月日・電話・住所で登録者をさがす",
        Right::ReadPeople => "登録者の記録をすべて見る",
        Right::EditPeople => "登録する、記録を直す",
        Right::BindTags => "タグを渡す、替える、無効にする",
        Right::OrderTags => "タグの番号をまとめて作る",
        Right::Import => "名簿を取り込む",
        Right::Export => "名簿を書き出す",
        Right::Tasks => "センターの「やること」を見て、済ませる",
        Right::ManageStaff => "職員を招待する、役割を変える、停止する",
        Right::ManageTown => "センター、区域、時間、文面を変える",
        Right::ReadAudit => "だれが何を見たかの記録を読む",
        Right::PartnerLookup => "番号と、生年などもう1つの手がかりで照会する",
        Right::TakeNotices => "電話や紙で寄せられた気づきを書きとめる",
        Right::Triage => "気づきを受けとめ、確かめ、その後を決める",
        Right::Support => "相談を受け、支援の記録をつけ、つなぐ",
        Right::Lead => "センターの持ち分と遅れを見て、計画と終結を承認する",
        Right::OverrideConsent => "同意のないまま支援を引き継ぐ（理由を残す）",
        Right::Figures => "だれのことかわからない数字を見る",
        Right::Courses => "講座の予定を作り、変え、移し、中止にする",
        Right::Supporters => "サポーターの名簿、カード、会費、商店街の券、講座の申し込みを扱う",
        Right::Door => "講座の受付で、来た方を記録する",
        Right::Watch => "ステーションで会った方の様子を書き、読む。来る様子の変化を見る",
    }
}

/// The page.
pub async fn show(asked: Asked) -> Result<Markup, Problem> {
    let listed = asked.may(Right::ManageStaff) || asked.may(Right::ReadAudit);
    let body = html! {
        p { "登録者の情報を見られるのは、次の役割の人だけです。見たことは、すべて記録に残ります。" }
        (rights_table())
        p { "「受付のタブレット」は、その日の講座の受付だけができます。登録者の記録は見られません。" }
        p { "「町の管理者」と「監査」は、登録者の記録を見ません。医療情報を見る役割には、町が外さないかぎり二段階認証が必要です。" }
        @if listed { (section("アカウントのある人", holders(&asked).await?)) }
    };
    asked.page(Place::Nowhere, "だれがこの人を見られるか", body)
}

/// The roles of people. A tablet at a door sees nobody's record; it stands in the words below.
fn people() -> impl Iterator<Item = Role> {
    ROLES.into_iter().filter(|role| *role != Role::Tablet)
}

fn rights_table() -> Markup {
    let heads = people().map(|role| Head::new(role.word()));
    let head: Vec<Head<'_>> = [Head::new("できること")].into_iter().chain(heads).collect();
    let rows: Vec<Vec<Markup>> = RIGHTS.iter().map(|right| right_row(*right)).collect();
    table("役割ごとにできること", &head, &rows)
}

fn right_row(right: Right) -> Vec<Markup> {
    let has = |role: Role| match role.rights().has(right) {
        true => chip(Tone::Good, "できる"),
        false => html! { "―" },
    };
    let first = html! { (right_words(right)) };
    [first].into_iter().chain(people().map(has)).collect()
}

async fn holders(asked: &Asked) -> Result<Markup, Problem> {
    let (scope, keys) = (&asked.deed.scope, &asked.deed.keys);
    let accounts = store::list_accounts(&mut asked.read().await?, scope, keys).await?;
    let names = names(asked).await?;
    let able: Vec<Account> = accounts
        .into_iter()
        .filter(|one| one.state == AccountState::Active && one.term.holds(asked.deed.now))
        .collect();
    let rows: Vec<Vec<Markup>> = ROLES
        .iter()
        .map(|role| holder_row(*role, &able, &names))
        .collect();
    Ok(table(
        "役割ごとの人",
        &["役割", "いま使える人"].map(Head::new),
        &rows,
    ))
}

fn holder_row(role: Role, accounts: &[Account], names: &Names) -> Vec<Markup> {
    let mut of_role = accounts
        .iter()
        .filter(|account| account.place.role == role)
        .peekable();
    let people = html! {
        @if of_role.peek().is_none() { "いません" }
        @else { ul { @for account in of_role {
            li { (account.card.name) @if account.is_system() { "（外部システム）" } " " small { (work_place(account, names)) } }
        } } }
    };
    vec![html! { (role.word()) }, people]
}
