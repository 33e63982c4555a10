//! Somebody of every role, with passwords drawn for this demo alone.

use std::fs;
use std::io::Write;
use std::path::Path;

use seal::{Chance, SecretToken};

use super::town::Places;
use super::{Failure, say};
use crate::app::App;
use crate::cli::backup::{broken, new_file};
use crate::deed::Dice;
use crate::scope::Role;
use crate::staff::{self, Card, Place, Refusal};

/// Who is there.
const PEOPLE: [(Role, &str, &str); 6] = [
    (Role::CenterStaff, "センター職員", "中村 看子"),
    (Role::CenterHead, "センター長", "長谷 主子"),
    (Role::NightDesk, "夜間窓口", "夜野 守"),
    (Role::TownAdmin, "町の管理者", "山田 町子"),
    (Role::Partner, "関係機関（病院）", "医東 連"),
    (Role::Auditor, "監査", "監物 見"),
];

/// Without letters and digits that look alike.
const LETTERS: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";

/// Makes the accounts and keeps their passwords in the demo's folder, for its owner alone.
pub(super) async fn make(app: &App, places: &Places, folder: &Path) -> Result<(), Failure> {
    let path = folder.join("accounts.txt");
    let mut file = new_file(&path)?;
    for (role, words, name) in PEOPLE {
        let (email, password) = (email(role), password(&mut app.dice.clone()));
        account(app, places, role, name, &password).await?;
        writeln!(file, "{words}\t{email}\t{password}").map_err(|error| broken(&path, &error))?;
    }
    file.sync_all().map_err(|error| broken(&path, &error))
}

async fn account(
    app: &App,
    places: &Places,
    role: Role,
    name: &str,
    password: &str,
) -> Result<(), Failure> {
    let deed = app.program_deed(places.network, "demo").await?;
    let place = Place {
        role,
        center: role.is_of_center().then_some(places.center),
        organisation: (role == Role::Partner).then_some(places.hospital),
    };
    let card = Card {
        name: name.to_owned(),
        email: email(role),
    };
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
    let accepted = staff::accept(&app.db, &deed, &secret, name.to_owned(), hash).await;
    accepted.map(drop).map_err(unexpected)
}

fn email(role: Role) -> String {
    format!("{}@minami.example.jp", role.code().replace('_', "-"))
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
    let path = folder.join("accounts.txt");
    say::answer(&format!(
        "\nこのパスワードはこのデモだけのもので、{} にあります。\n\
         デモでは二段階認証を任意にしています。本番では、医療情報を見る人に必須です。\n\
         止めるには Ctrl+C を押してください。",
        path.display()
    ));
    Ok(())
}

fn unexpected(refusal: Refusal) -> Failure {
    Failure::refused(format!("demo: {refusal}"))
}
