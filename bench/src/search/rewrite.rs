//! The right name in other writing: half-width kana, romaji of two schools, variant kanji.

/// Kana to Hepburn and kunrei; a doubled vowel sign is left as it is written.
const ROMAJI: &str = "ア a a イ i i ウ u u エ e e オ o o カ ka ka キ ki ki ク ku ku ケ ke ke コ ko ko サ sa sa シ shi si ス su su \
    セ se se ソ so so タ ta ta チ chi ti ツ tsu tu テ te te ト to to ナ na na ニ ni ni ヌ nu nu ネ ne ne ノ no no ハ ha ha ヒ hi hi \
    フ fu hu ヘ he he ホ ho ho マ ma ma ミ mi mi ム mu mu メ me me モ mo mo ヤ ya ya ユ yu yu ヨ yo yo ラ ra ra リ ri ri ル ru ru \
    レ re re ロ ro ro ワ wa wa ヲ o o ヱ e e ヰ i i ン n n ガ ga ga ギ gi gi グ gu gu ゲ ge ge ゴ go go ザ za za ジ ji zi ズ zu zu \
    ゼ ze ze ゾ zo zo ダ da da ヂ ji zi ヅ zu zu デ de de ド do do バ ba ba ビ bi bi ブ bu bu ベ be be ボ bo bo パ pa pa ピ pi pi \
    プ pu pu ペ pe pe ポ po po シャ sha sya シュ shu syu ショ sho syo チャ cha tya チュ chu tyu チョ cho tyo ジャ ja zya ジュ ju zyu \
    ジョ jo zyo キャ kya kya キュ kyu kyu キョ kyo kyo ギャ gya gya ギュ gyu gyu ギョ gyo gyo ニャ nya nya ニュ nyu nyu ニョ nyo nyo \
    ヒャ hya hya ヒュ hyu hyu ヒョ hyo hyo ビャ bya bya ビュ byu byu ビョ byo byo ミャ mya mya ミュ myu myu ミョ myo myo \
    リャ rya rya リュ ryu ryu リョ ryo ryo";

#[derive(Clone, Copy)]
pub enum School {
    Hepburn,
    Kunrei,
}

/// In Latin letters; Hepburn as in a passport (long o and u shortened). `None` for rare kana.
pub fn romaji(reading: &str, school: School) -> Option<String> {
    let table: Vec<&str> = ROMAJI.split_whitespace().collect();
    let chars: Vec<char> = reading.chars().collect();
    let mut out = String::new();
    let (mut at, mut doubled) = (0, false);
    while at < chars.len() {
        if chars[at] == 'ッ' {
            doubled = true;
            at += 1;
            continue;
        }
        let two: String = chars[at..].iter().take(2).collect();
        let one = chars[at].to_string();
        let row = table
            .chunks(3)
            .find(|r| r[0] == two)
            .or_else(|| table.chunks(3).find(|r| r[0] == one))?;
        let letters = match school {
            School::Hepburn => row[1],
            School::Kunrei => row[2],
        };
        if std::mem::take(&mut doubled) {
            out.push(letters.chars().next()?);
        }
        out.push_str(letters);
        at += row[0].chars().count();
    }
    Some(match school {
        School::Hepburn => out
            .replace("ou", "o")
            .replace("oo", "o")
            .replace("uu", "u")
            .to_uppercase(),
        School::Kunrei => out,
    })
}

const VARIANTS: [&str; 24] = [
    "斎齋", "斉齊", "斎斉", "辺邊", "辺邉", "高髙", "崎﨑", "崎嵜", "沢澤", "島嶋", "吉𠮷", "浜濱",
    "広廣", "桜櫻", "恵惠", "徳德", "真眞", "国國", "関關", "富冨", "滝瀧", "渕淵", "栄榮", "静靜",
];

/// The name with every kanji that has a well-known variant in it; `None` if there is none.
pub fn variant(written: &str) -> Option<String> {
    let other = |c: char| {
        VARIANTS
            .iter()
            .find(|v| v.contains(c))
            .and_then(|v| v.chars().find(|o| *o != c))
    };
    let out: String = written.chars().map(|c| other(c).unwrap_or(c)).collect();
    (out != written).then_some(out)
}
