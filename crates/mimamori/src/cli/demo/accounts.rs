//! Somebody of every role, with passwords drawn for this demo alone.

use std::fs;
use std::io::Write;
use std::path::Path;

use seal::{Chance, SecretToken};

use super::stage::{Staff, unexpected};
use super::town::Places;
use super::{Failure, say};
use crate::app::App;
use crate::cli::backup::{broken, new_file};
use crate::deed::Dice;
use crate::ids::StaffId;
use crate::scope::Role;
use crate::staff::{self, Card, Place};

/// Who is there: role, what the list says, name, the first part of the address, and whether they
/// are of the second center.
const PEOPLE: [(Role, &str, &str, &str, bool); 8] = [
    (
        Role::CenterStaff,
        "センター職員",
        "中村 看子",
        "center-staff",
        false,
    ),
    (
        Role::CenterStaff,
        "センター職員（同僚）",
        "佐々木 友",
        "colleague",
        false,
    ),
    (
        Role::CenterHead,
        "センター長",
        "長谷 主子",
        "center-head",
        false,
    ),
    (
        Role::CenterStaff,
        "きたセンターの職員",
        "北川 渡",
        "kita-staff",
        true,
    ),
    (Role::NightDesk, "夜間窓口", "夜野 守", "night-desk", false),
    (
        Role::TownAdmin,
        "町の管理者",
        "山田 町子",
        "town-admin",
        false,
    ),
    (
        Role::Partner,
        "関係機関（病院）",
        "医東 連",
        "partner",
        false,
    ),
    (Role::Auditor, "監査", "監物 見", "auditor", false),
];

/// Where to begin.
const SIGHTS: &str = "\
\nはじめに見るとよいところ（センター職員でログイン）:
  気づき    潮見台2-14-10の家に、3件目の知らせが届いています
  支援      第1号の武田さん（気づきから支援へ、要介護認定の途中）と、きたセンターからの引き継ぎの申し出
  登録者    吉川 清さんの基本チェックリスト（3年分）
  相談      きょうの相談と、4か月分の数字
センター長でログインすると、2人目の確認と閲覧の確認も待っています。";

/// Without letters and digits that look alike.
const LETTERS: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";

/// Makes the accounts and keeps their passwords in the demo's folder, for its owner alone.
pub(super) async fn make(app: &App, places: &Places, folder: &Path) -> Result<Staff, Failure> {
    let path = folder.join("accounts.txt");
    let mut file = new_file(&path)?;
    let mut made = Vec::new();
    for (role, words, name, first, is_other) in PEOPLE {
        let card = Card {
            name: name.to_owned(),
            email: format!("{first}@minami.example.jp"),
        };
        let center = match is_other {
            true => places.other_center,
            false => places.center,
        };
        let place = Place {
            role,
            center: role.is_of_center().then_some(center),
            organisation: (role == Role::Partner).then_some(places.hospital),
        };
        let (email, password) = (card.email.clone(), password(&mut app.dice.clone()));
        made.push(account(app, places, (card, place), &password).await?);
        writeln!(file, "{words}\t{email}\t{password}").map_err(|error| broken(&path, &error))?;
    }
    file.sync_all().map_err(|error| broken(&path, &error))?;
    match made[..] {
        [nurse, colleague, head, other, ..] => Ok(Staff {
            nurse,
            colleague,
            head,
            other,
        }),
        _ => Err(Failure::refused("demo: accounts")),
    }
}

async fn account(
    app: &App,
    places: &Places,
    (card, place): (Card, Place),
    password: &str,
) -> Result<StaffId, Failure> {
    let deed = app.program_deed(places.network, "demo").await?;
    let name = card.name.clone();
    let invited = staff::invite(&app.db, &deed, card, place)
        .await
        .map_err(unexpected)?;
    let secret = invited
        .token
        .split_once('.')
        .and_then(|(_, secret)| SecretToken::read(secret));
    let secret = secret.ok_or_else(|| Failure::refused("demo: invitation"))?;
    let hash = staff::hash_password(&deed, password.to_owned())
        .await
        .map_err(unexpected)?;
    let accepted = staff::accept(&app.db, &deed, &secret, name, hash).await;
    accepted.map_err(unexpected)
}

/// Three groups of four: 59 random bits.
fn password(dice: &mut Dice) -> String {
    let mut drawn = [0; 12];
    dice.fill(&mut drawn);
    let letters = drawn.map(|byte| char::from(LETTERS[usize::from(byte % 31)]));
    let groups: Vec<String> = letters
        .chunks(4)
        .map(|group| group.iter().collect())
        .collect();
    groups.join("-")
}

/// Prints where to go and who may sign in.
pub(super) fn tell(folder: &Path, address: &str) -> Result<(), Failure> {
    let path = folder.join("accounts.txt");
    let text = fs::read_to_string(&path).map_err(|error| broken(&path, &error))?;
    say::answer(&format!(
        "\nみなみ町（架空）が動いています。ブラウザーで開いてください:\n\n  {address}\n"
    ));
    say::answer("アカウント（役割・メールアドレス・パスワード）:\n");
    for line in text.lines() {
        say::answer(&format!("  {}", line.replace('\t', "   ")));
    }
    let path = folder.join("number.txt");
    let number = fs::read_to_string(&path).map_err(|error| broken(&path, &error))?;
    say::answer(&format!("\n照会を試す番号: {number}"));
    say::answer(SIGHTS);
    let path = folder.join("accounts.txt");
    say::answer(&format!(
        "\nこのパスワードはこのデモだけのもので、{} にあります。\n\
         デモでは二段階認証を任意にしています。本番では、医療情報を見る人に必須です。\n\
         止めるには Ctrl+C を押してください。",
        path.display()
    ));
    Ok(())
}
