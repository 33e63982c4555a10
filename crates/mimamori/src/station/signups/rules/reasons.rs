//! Why a sign-up stands as it does, in words that can be read out to whoever asks.

use jiff::Timestamp;

use super::room::Room;
use super::signup::{Happened, Signup, State, What};
use crate::clock::in_japan;

/// 「12月3日 10:00」.
pub fn moment(at: Timestamp) -> String {
    in_japan(at).strftime("%-m月%-d日 %-H:%M").to_string()
}

fn full(holds: Option<u32>) -> String {
    match holds {
        Some(holds) => format!("定員（{holds}人）まで埋まっていた"),
        None => "先にお待ちの方がいた".to_owned(),
    }
}

/// What happened, and why.
pub fn reason(happened: &Happened) -> String {
    let until = happened.until.map(moment).unwrap_or_default();
    match happened.what {
        What::In => "席が空いていたので、参加になりました。".to_owned(),
        What::Waits => format!("{}ので、キャンセル待ちになりました。", full(happened.holds)),
        What::Offered => format!(
            "席が空き、順番が来たので、席をおさえました。{until}までにお返事をいただくことになっています。"
        ),
        What::Took => "席を受けるとお返事があり、参加になりました。".to_owned(),
        What::Declined => "今回は見送るとお返事がありました。".to_owned(),
        What::Unreached => {
            "空いた席のことでお電話しましたが、つながらなかったので、次の方にご案内しました。"
                .to_owned()
        }
        What::Late => {
            format!("{until}までにお返事がなかったので、空いた席は次の方にご案内しました。")
        }
        What::Cancelled => "取り消しの連絡がありました。".to_owned(),
        What::Mailed => "日時・会場の変更、または中止をメールでお知らせしました。".to_owned(),
        What::Told => "日時・会場の変更、または中止をお知らせしました。".to_owned(),
    }
}

/// How it stands, and what comes next. `ahead`: who waits and came before; `soon`: whether what falls
/// free is not offered by itself any more.
pub fn ways(of: &Signup, room: &Room, ahead: u32, soon: bool) -> String {
    match of.state {
        State::In => "参加できます。".to_owned(),
        State::Offered => format!(
            "席をおさえています。{}までにお返事がないときは、次の方にご案内します。",
            of.until.map(moment).unwrap_or_default()
        ),
        State::Gone => match of.last() {
            Some(last) => reason(last),
            None => "取り消しになりました。".to_owned(),
        },
        State::Waiting if soon && room.has_place() => format!(
            "席が空いています。始まりが近いので、職員が順に電話しています。{}",
            before(ahead)
        ),
        State::Waiting if room.has_place() => format!(
            "席が空きました。ご案内は朝9時から夜8時までのあいだに、順番に行います。{}",
            before(ahead)
        ),
        State::Waiting => format!("席が空くのを待っています。{}", before(ahead)),
    }
}

fn before(ahead: u32) -> String {
    match ahead {
        0 => "次が順番です。".to_owned(),
        ahead => format!("前に{ahead}人の方がお待ちです。申し込みの早い順にご案内します。"),
    }
}
