//! An invented town's papers.

mod long;
pub mod members;
mod month;
pub mod roll;
mod year;

use press::{
    Answered, Application, Basics, Cards, Change, Contact, Entry, Face, Fridge, Illness, Ledger,
    Letter, Line, Paper, Postcard, Postcards, Poster, PosterText, Sight, Sights, Stickers,
    Surround, Work, Worklist,
};

/// 南野 花子's number.
pub const NUMBER: &str = "412-7735-0926";
/// The page behind the QR of her key holder.
pub const ADDRESS: &str = "https://mimamori.minami.example.jp/q/AbCdEfGhIjKlMnOpQrStUv";

/// What stands around.
pub fn surround() -> Surround {
    Surround {
        town: "みなみ町見守りネットワーク".to_owned(),
        center: "みなみ町東地域包括支援センター".to_owned(),
        address: "東京都みなみ町東二丁目5番1号".to_owned(),
        phones: vec![
            Line::new("昼（平日9時から17時）", "03-0123-4567"),
            Line::new("夜間・休日", "03-0765-4321"),
        ],
        printed_on: "2026年11月24日".to_owned(),
        printed_by: "佐藤 真由美".to_owned(),
        logo: Some(logo()),
    }
}

/// A green disc on white.
fn logo() -> Vec<u8> {
    let disc = image::RgbImage::from_fn(120, 120, |x, y| {
        let (x, y) = (f64::from(x) - 60.0, f64::from(y) - 60.0);
        match x.hypot(y) {
            r if r < 26.0 => image::Rgb([255, 255, 255]),
            r if r < 56.0 => image::Rgb([30, 120, 80]),
            _ => image::Rgb([255, 255, 255]),
        }
    });
    let mut png = std::io::Cursor::new(Vec::new());
    let written = disc.write_to(&mut png, image::ImageFormat::Png);
    written.map(|()| png.into_inner()).unwrap_or_default()
}

fn contacts() -> Vec<Contact> {
    vec![
        Contact {
            name: "渡辺 健一".to_owned(),
            relation: "長男".to_owned(),
            phones: vec!["090-0123-4567".to_owned(), "03-0234-5678".to_owned()],
            address: "千葉県きた市中央3-2-1 コーポさくら 203".to_owned(),
            told: "医療のことも".to_owned(),
        },
        Contact {
            name: "髙橋 美代子".to_owned(),
            relation: "妹".to_owned(),
            phones: vec!["03-0987-6543".to_owned()],
            address: String::new(),
            told: "居場所と状態".to_owned(),
        },
    ]
}

fn medical() -> Vec<Line> {
    vec![
        Line::new("かかりつけ", "みなみ内科クリニック　鈴木医師　03-0456-7890"),
        Line::new("病気", "高血圧、心房細動"),
        Line::new("薬", "ワルファリン（血が止まりにくくなる薬）"),
        Line::new("アレルギー", "なし（確認ずみ）"),
    ]
}

/// A letter.
pub fn letter() -> Letter {
    Letter {
        title: "見守りタグの登録を終えるお知らせ".to_owned(),
        number: "み見守第2026-118号".to_owned(),
        date: "2026年11月24日".to_owned(),
        to_postcode: "143-0016".to_owned(),
        to_address: vec![
            "東京都みなみ町東一丁目2番3号".to_owned(),
            "みなみハイツ 405".to_owned(),
        ],
        to_name: "南野 花子".to_owned(),
        paragraphs: vec![
            "いつも見守りネットワークにご協力くださり、ありがとうございます。".to_owned(),
            "このたび、町の外へお引っ越しになるとうかがいました。お持ちの番号は、下の日から使えなくなります。それまでは、これまでどおりお使いいただけます。".to_owned(),
            "新しいお住まいの町にも、同じような見守りのしくみがあることがあります。ご希望でしたら、窓口をお調べします。".to_owned(),
        ],
        details: vec![
            Line::new("番号が使えなくなる日", "2026年12月24日"),
            Line::new("それまでにしていただくこと", "キーホルダーとマグネットを、センターへお返しください。"),
            Line::new("残る記録", "だれがいつ情報を見たかの記録は、法律に基づき5年間残ります。中身は残りません。"),
        ],
        reply: Vec::new(),
    }
}

/// A letter that asks for an answer.
fn referral() -> Letter {
    Letter {
        title: "連携・紹介のお願い".to_owned(),
        number: "支援 第12号".to_owned(),
        to_postcode: String::new(),
        to_address: Vec::new(),
        to_name: "みなみ総合病院　ご担当者".to_owned(),
        paragraphs: vec![
            "日ごろから、地域の高齢の方の支援にお力添えをいただき、ありがとうございます。".to_owned(),
            "下の方の支援に、力を貸していただきたく、お願いいたします。お引き受けいただけるかどうかを、担当までお知らせください。".to_owned(),
        ],
        details: vec![
            Line::new("どなた", "南野 花子（ミナミノ ハナコ）"),
            Line::new("お願いしたいこと", "もの忘れの相談をお願いします。\n3か月ほど前から、薬の飲み忘れがふえています。"),
        ],
        reply: vec![
            Line::new("お引き受け", "□ できます　　□ できません　　□ 相談したい"),
            Line::new("ご担当・お電話", ""),
            Line::new("ひとこと", ""),
        ],
        ..letter()
    }
}

/// The poster of the town's form, with texts as long as the program's.
pub fn poster() -> Poster {
    let text = |lang: &str, [danger, title, lead, private]: [&str; 4], signs: &[&str]| PosterText {
        lang: lang.to_owned(),
        danger: danger.to_owned(),
        title: title.to_owned(),
        lead: lead.to_owned(),
        signs: signs.iter().map(|sign| (*sign).to_owned()).collect(),
        private: private.to_owned(),
    };
    Poster {
        title: "気づきのポスター".to_owned(),
        texts: vec![
            text(
                "ja",
                [
                    "命にかかわるときは、先に119番・110番へ",
                    "気になることを知らせる",
                    "ご近所やお店、配達の途中で「いつもとちがうな」と思ったことを、地域包括支援センターにお知らせください。まちがいでもかまいません。",
                    "お名前は書かなくてかまいません。だれが知らせたかを、ご本人やご近所に伝えることはありません。",
                ],
                &[
                    "新聞や郵便物が何日もたまっている",
                    "洗濯物が何日も干したままになっている",
                    "昼も明かりがついている、または夜も何日も暗い",
                    "しばらく姿を見ていない",
                ],
            ),
            text(
                "ja",
                [
                    "あぶないときは、さきに 119か 110に 電話してください",
                    "心配なことを 教えてください",
                    "近くに 住んでいる お年寄りの ことで「いつもと ちがう」と 思ったら、教えてください。町の 人が しらべます。まちがっていても だいじょうぶです。",
                    "あなたの 名前は 書かなくても いいです。だれが 教えたか、ほかの 人には 言いません。",
                ],
                &[
                    "新聞や 手紙が 何日も たまっています",
                    "せんたく物が 何日も 外に あります",
                ],
            ),
            text(
                "en",
                [
                    "If a life is in danger, call 119 or 110 first",
                    "Tell us what worries you",
                    "Did something seem different about an older person near you, in your shop or on your round? Tell the community support center. It does not matter if you turn out to be wrong.",
                    "You need not give your name. We never tell the person or the neighbours who told us.",
                ],
                &[
                    "Newspapers or mail have piled up for days",
                    "Laundry has been left out for days",
                ],
            ),
        ],
        scan: "スマートフォンで読み取ってください".to_owned(),
        call: "お電話でもお受けしています。".to_owned(),
        link: "https://mimamori.minami.example.jp/n/minami".to_owned(),
    }
}

/// The registered person's form.
pub fn application(filled: bool) -> Application {
    let words = "この申請書に書いた内容は、見守りネットワークのためにだけ使います。\n外出中に困っているとき、救急のとき、災害のときに、警察・消防・病院などから番号の照会があった場合、必要な内容を伝えることに同意するかどうかを、下の表でお答えください。".to_owned();
    let consents = |answer: &str| {
        let ask = |text: &str| Answered {
            text: text.to_owned(),
            answer: answer.to_owned(),
        };
        vec![
            ask("氏名・住所などの基本情報と緊急連絡先を、警察・消防・病院などに伝えること"),
            ask("医療の情報を、救急隊と病院に伝えること"),
            ask(
                "「見つけた人に知ってほしいこと」を、QRコードのページに出すこと（氏名・住所は出ません）",
            ),
        ]
    };
    if !filled {
        let blank = |label: &str| Line::new(label, "");
        return Application {
            words,
            consents: consents(""),
            medical: [
                "かかりつけの病院・医師",
                "病気・けが",
                "飲んでいる薬",
                "アレルギー",
            ]
            .map(blank)
            .to_vec(),
            care: ["介護認定・ケアマネジャー"].map(blank).to_vec(),
            ..Application::default()
        };
    }
    Application {
        filled,
        number: NUMBER.to_owned(),
        name: "南野 花子".to_owned(),
        kana: "ミナミノ ハナコ".to_owned(),
        sex: "female".to_owned(),
        born: "1938年（昭和13年）4月1日　88歳".to_owned(),
        postcode: "1430016".to_owned(),
        address: "東京都みなみ町東一丁目2番3号 みなみハイツ 405".to_owned(),
        phones: vec!["03-0111-2222".to_owned(), "090-0111-2222".to_owned()],
        living: "alone".to_owned(),
        contacts: contacts(),
        medical: medical(),
        care: vec![Line::new(
            "介護認定・ケアマネジャー",
            "要支援2　ケアプランみなみ　田中 03-0555-6666",
        )],
        finder: "耳が遠いので、ゆっくり大きな声で話しかけてください。".to_owned(),
        words,
        consents: consents("given"),
    }
}

/// So many faces of stickers.
pub fn stickers(code: &str, faces: usize, start: usize) -> Stickers {
    let layout = press::LAYOUTS.iter().find(|layout| layout.code == code);
    let face = |at: usize| Face {
        number: NUMBER.to_owned(),
        address: format!("{}{:02}", &ADDRESS[..ADDRESS.len() - 2], at % 100),
    };
    Stickers {
        layout: layout.unwrap_or(&press::LAYOUTS[0]),
        start,
        offset_mm: (0.0, 0.0),
        faces: (0..faces).map(face).collect(),
        outlines: false,
        call: "昼 03-0123-4567\n夜 03-0765-4321".to_owned(),
    }
}

/// So many postcards.
pub fn postcards(count: usize) -> Postcards {
    let card = |at: usize| Postcard {
        postcode: "1430016".to_owned(),
        address: vec![
            "東京都みなみ町東一丁目2番3号".to_owned(),
            format!("みなみハイツ {}", 101 + at),
        ],
        name: "南野 花子".to_owned(),
        reference: format!("12-{:04}", at + 1),
        link: format!("https://mimamori.minami.example.jp/people/0195f0c2a3b4{at:04x}"),
    };
    Postcards {
        blank_paper: true,
        title: "年に一度のご確認のお願い".to_owned(),
        paragraphs: vec![
            "お誕生月になりました。ご登録の内容に変わりがないか、センターの窓口でお確かめください。10分ほどで終わります。".to_owned(),
            "お越しになれないときは、お電話ください。こちらからうかがうこともできます。".to_owned(),
        ],
        details: vec![
            Line::new("とき", "12月1日から12月28日まで（平日9時から17時）"),
            Line::new("ところ", "みなみ町東地域包括支援センター"),
            Line::new("お持ちください", "このはがき、キーホルダー"),
        ],
        cards: (0..count).map(card).collect(),
    }
}

/// The ledger.
pub fn ledger(count: usize) -> Ledger {
    let entry = |at: usize| Entry {
        number: format!("4{:02}-7735-0926", at % 100),
        mark: if at == 2 {
            "紛失届あり".to_owned()
        } else {
            String::new()
        },
        name: "南野 花子".to_owned(),
        kana: "ミナミノ ハナコ".to_owned(),
        about: "女　1938年（昭和13年）4月1日　88歳　独居".to_owned(),
        address: "東京都みなみ町東一丁目2番3号 みなみハイツ 405".to_owned(),
        phones: vec!["03-0111-2222".to_owned()],
        contacts: contacts(),
        notes: vec![Line::new(
            "発見時の注意",
            "耳が遠いので、ゆっくり大きな声で話しかけてください。",
        )],
    };
    Ledger {
        title: "夜間台帳".to_owned(),
        serial: "No. 2026-11-1".to_owned(),
        valid_until: "2026年12月24日".to_owned(),
        purpose: "回線の故障に備えて".to_owned(),
        entries: (0..count).map(entry).collect(),
    }
}

fn cards() -> Cards {
    Cards {
        number: NUMBER.to_owned(),
        spoken: "よん いち に、なな なな さん ご、ゼロ きゅう に ろく".to_owned(),
        address: Some(ADDRESS.to_owned()),
        words: "もし私が困っていたら、ここに電話して番号を伝えてください。".to_owned(),
        fridge: Some(Fridge {
            name: "南野 花子".to_owned(),
            kana: "ミナミノ ハナコ".to_owned(),
            born: "1938年（昭和13年）4月1日生まれ".to_owned(),
            contacts: contacts(),
            medical: medical(),
        }),
    }
}

fn change() -> Change {
    Change {
        number: NUMBER.to_owned(),
        name: "南野 花子".to_owned(),
        kana: "ミナミノ ハナコ".to_owned(),
        born: "1938年（昭和13年）4月1日".to_owned(),
        address: "東京都みなみ町東一丁目2番3号 みなみハイツ 405".to_owned(),
        phone: "03-0111-2222".to_owned(),
    }
}

fn sights() -> Sights {
    let row = |at: usize| Sight {
        at: format!("2026年11月{}日\n14時05分", 20 - at % 20),
        who: "佐藤 真由美（みなみ町東地域包括支援センター）".to_owned(),
        what: "閲覧　基本情報・緊急連絡先・医療情報".to_owned(),
        why: "センターの日々の仕事".to_owned(),
    };
    Sights {
        name: "南野 花子".to_owned(),
        span: "2026年4月1日から2026年11月24日まで".to_owned(),
        rows: (0..12).map(row).collect(),
    }
}

fn worklist() -> Worklist {
    let work = |at: usize| Work {
        name: match at {
            3 => "𠮷田 葛\u{e0100}西".to_owned(),
            _ => "南野 花子".to_owned(),
        },
        kana: "ミナミノ ハナコ".to_owned(),
        born: "昭和13年4月1日 88歳".to_owned(),
        address: "東一丁目2番3号 みなみハイツ 405".to_owned(),
        phone: "03-0111-2222".to_owned(),
        state: "未連絡".to_owned(),
    };
    Worklist {
        title: "2026年12月の更新".to_owned(),
        rows: (0..30).map(work).collect(),
    }
}

/// As a center fills it in for somebody who lives alone.
fn basics() -> Basics {
    let fields = [
        ("consulted_on", "2026年11月20日"),
        ("way", "来所"),
        ("again", "初回"),
        ("route", "民生委員から"),
        ("situation", "home"),
        ("adl", "J2"),
        ("dementia", "Ⅰ"),
        ("certified", "2027年3月31日まで（前回 要支援1）"),
        (
            "housing",
            "借家・2階建ての1階。玄関に段差20cm。手すりなし。",
        ),
        ("money", "国民年金。生活保護なし。"),
        ("visitor", "渡辺 健一"),
        ("visitor_relation", "長男"),
        ("visitor_phone", "090-0123-4567"),
        (
            "family",
            "ひとり暮らし。夫は5年前に他界。長男は千葉、月に1度来る。妹は近所。",
        ),
        (
            "life",
            "みなみ町の農家に生まれ、20歳で結婚。定年まで給食の調理員。10年前に膝を手術。",
        ),
        (
            "day",
            "6時 起床・仏壇\n9時 畑（本人）\n12時 昼食・昼寝\n15時 買い物（長女と週1回）\n20時 就寝",
        ),
        ("hobbies", "畑、演歌"),
        ("friends", "老人会に月1回。隣の奥さんと毎朝話す。"),
        ("public_services", "訪問型サービス 週1回"),
        ("other_services", "配食 週2回、見守りタグ"),
    ];
    let illness = Illness {
        since: "2016年4月".to_owned(),
        name: "変形性膝関節症".to_owned(),
        clinic: "みなみ総合病院 整形外科 高橋医師☆".to_owned(),
        phone: "03-0526-9116".to_owned(),
        course: "経観中".to_owned(),
        treatment: "月1回の通院、湿布".to_owned(),
    };
    Basics {
        case: "支援 第12号".to_owned(),
        made_by: "佐藤 真由美".to_owned(),
        name: "渡辺 花子".to_owned(),
        kana: "ワタナベ ハナコ".to_owned(),
        sex: "女".to_owned(),
        born: "1938年（昭和13年）4月2日　88歳".to_owned(),
        address: "東京都みなみ町東三丁目2番1号".to_owned(),
        phones: vec!["03-0188-7191".to_owned()],
        certification: "要支援2".to_owned(),
        contacts: contacts(),
        fields: fields.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
        illnesses: vec![illness],
        consent: "地域包括支援センターが行う事業の実施に当たり、利用者の状況を把握する必要があるときは、基本情報、支援計画等を、居宅介護支援事業者等に提示することに同意します。".to_owned(),
    }
}

/// Every paper, by name.
pub fn papers() -> Vec<(&'static str, Paper)> {
    let outlines = Stickers {
        outlines: true,
        ..stickers("24", 0, 1)
    };
    let form = |filled| Paper::Application(Box::new(application(filled)));
    vec![
        ("letter", Paper::Letter(letter())),
        ("referral", Paper::Letter(referral())),
        ("erased", Paper::Letter(long::erased())),
        (
            "questionnaire",
            Paper::Questionnaire(Box::new(long::questionnaire())),
        ),
        ("poster", Paper::Poster(poster())),
        ("application", form(false)),
        ("application-filled", form(true)),
        ("basics", Paper::Basics(Box::new(basics()))),
        (
            "basics-long",
            Paper::Basics(Box::new(long::basics(basics()))),
        ),
        ("change", Paper::Change(change())),
        ("change-blank", Paper::Change(Change::default())),
        ("cards", Paper::Cards(Box::new(cards()))),
        ("stickers-12", Paper::Stickers(stickers("12", 12, 1))),
        ("stickers-24", Paper::Stickers(stickers("24", 20, 5))),
        ("stickers-44", Paper::Stickers(stickers("44", 44, 1))),
        ("stickers-65", Paper::Stickers(stickers("65", 70, 1))),
        ("stickers-outlines", Paper::Stickers(outlines)),
        ("postcards", Paper::Postcards(postcards(2))),
        ("ledger", Paper::Ledger(ledger(12))),
        ("sights", Paper::Sights(sights())),
        ("worklist", Paper::Worklist(worklist())),
        ("courses", Paper::Courses(month::courses(false))),
        ("courses-large", Paper::Courses(month::courses(true))),
        ("roll", Paper::Roll(roll::roll())),
        ("station-year", Paper::StationYear(Box::new(year::year()))),
        ("members", Paper::MemberCards(members::cards(10))),
        ("own", Paper::OwnSheet(members::own(9, 6))),
        ("receipt", Paper::Receipt(members::receipt())),
        ("vouchers", Paper::Vouchers(members::vouchers())),
    ]
}
