//! Papers with more on them than most.

use press::{Basics, Contact, Illness, Letter, Line, Question, Questionnaire};

use super::letter;

/// A letter whose labels are as long as sentences.
pub fn erased() -> Letter {
    let what = "このお知らせを出したこと、その日付と、担当したセンターの名前";
    let why =
        "あとからお問い合わせがあったときに、お答えするためです。お名前やご住所は残りません。";
    Letter {
        details: vec![
            Line::new(what, why),
            Line::new("", "お手もとのタグは、はさみを入れてから捨ててください。"),
            Line::new("番号", why),
        ],
        ..letter()
    }
}

/// A questionnaire that was answered and judged.
pub fn questionnaire() -> Questionnaire {
    let questions = (1..=25).map(|at| Question {
        number: at.to_string(),
        text: "バスや電車で1人で外出していますか".to_owned(),
        choices: vec!["はい".to_owned(), "いいえ".to_owned()],
        chosen: Some(at % 2),
        measured: String::new(),
        counts: at % 2 == 1,
    });
    Questionnaire {
        title: "基本チェックリスト".to_owned(),
        name: "南野 花子".to_owned(),
        kana: "ミナミノ ハナコ".to_owned(),
        born: "1936年（昭和11年）1月2日".to_owned(),
        on: "2026年（令和8年）11月24日".to_owned(),
        way: "紙から入力".to_owned(),
        mark: "該当".to_owned(),
        questions: questions.collect(),
        results: vec![
            Line::new("運動器の機能（6～10）", "5問中3問に該当　基準に該当します"),
            Line::new("栄養（11・12）", "2問中1問に該当"),
        ],
        notes: vec!["基準は、介護予防マニュアルによります。".to_owned()],
    }
}

/// 利用者基本情報 of somebody of whom much is known: every field as long as a center writes it.
pub fn basics(usual: Basics) -> Basics {
    let mut long = usual;
    let says = [
        (
            "route",
            "民生委員の山本さんから電話があり、翌日ご本人が長男と来所された。",
        ),
        ("handicap", "身体障害者手帳 4級（右膝関節）"),
        (
            "housing",
            "持ち家・2階建て。玄関に20cmの段差、上がりかまちに手すりなし。風呂は深い据え置きで、またぐときにふらつく。寝室は2階だったが、先月から1階の居間に布団を敷いている。トイレは和式に腰かけをのせたもの。",
        ),
        (
            "money",
            "国民年金と遺族年金。貯金はあるが、通帳の置き場所を思い出せないことがある。生活保護なし。",
        ),
        (
            "family",
            "夫は8年前に他界。長男（61歳）は千葉に住み、月に一度帰って買い物と通院に付き添う。長女（58歳）は他県、腰を痛めており電話だけ。妹が近所にいて、毎日のように様子を見ているが、妹も80歳をこえ、最近入院した。",
        ),
        (
            "life",
            "みなみ町の農家に6人きょうだいの3番目として生まれ、20歳で結婚した。夫と洋裁店を開き、60歳まで続けた。ご近所の服の直しも引き受けていた。子どもが独立してからは、小学校の給食の調理員を12年。70歳で膝を手術し、そのころから畑を少しずつ減らした。夫を見送ってからは外に出る日が減り、昨年の冬に転んで手首を折ってからは、さらに出歩かなくなった。",
        ),
        (
            "day",
            "6時 起床・仏壇にお茶を供える\n7時 朝食（パンと牛乳）\n9時 畑の草取り、天気がわるければ居間でラジオ\n12時 昼食（配食）・昼寝\n14時 妹が来て話す\n15時 買い物（長男と週1回）\n18時 夕食（みそ汁を作る）\n19時 入浴（週2回）\n20時 就寝。夜中に2回ほど起きる",
        ),
        (
            "hobbies",
            "洋裁、みそ汁づくり、ラジオの歌番組、畑。前は老人会の旅行が楽しみだった。",
        ),
        (
            "friends",
            "老人会に月1回。隣の奥さんと毎朝話す。ゴミの日は向かいの方が声をかけてくれる。",
        ),
        (
            "public_services",
            "訪問型サービス 週1回（掃除・買い物）\n通所型サービス 週1回（入浴と体操）\n住宅改修を申請中（手すり）",
        ),
        (
            "other_services",
            "配食 週3回\n見守りタグ\n民生委員の訪問 月1回\n商店街の御用聞き",
        ),
    ];
    for (name, value) in says {
        long.fields.insert(name.to_owned(), value.to_owned());
    }
    let more = |name: &str| Contact {
        name: name.to_owned(),
        ..long.contacts[0].clone()
    };
    long.contacts = vec![
        more("渡辺 健一"),
        more("渡辺 恵子"),
        more("山本 良子"),
        more("髙橋 美代子"),
    ];
    let ill = Illness {
        course: "3か月ごとに検査、変わりなし".to_owned(),
        treatment: "月1回の通院、湿布と痛み止め。手術はすすめられたが、ご本人は望まれない。"
            .to_owned(),
        ..long.illnesses[0].clone()
    };
    long.illnesses = vec![ill; 4];
    long
}
