//! Every conversation in `tests/conversations`, word for word, on both databases. The folder says which shops are open.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod harness;

use std::{
    fs,
    path::{Path, PathBuf},
};

use regulars::{
    domain::shop::OptIn,
    stage::{
        Stage, settings,
        shops::{NewShop, TWO_SHOPS, furnish},
        transcript::Transcript,
    },
};

const SPANISH: [NewShop; 2] = [
    NewShop {
        name: "Panes y Cafés",
        phrase: "CAFÉ POR FAVOR",
        opt_in: OptIn::Single,
        welcome_points: 1,
        contact: "hola@panes.example",
        language: "es",
    },
    NewShop {
        name: "La Huerta",
        phrase: "TOMATE",
        opt_in: OptIn::Double,
        welcome_points: 0,
        contact: "",
        language: "es",
    },
];

const ONE_SHOP: [NewShop; 1] = [NewShop {
    name: "Corner Books",
    phrase: "read more",
    opt_in: OptIn::Single,
    welcome_points: 0,
    contact: "",
    language: "en",
}];

#[tokio::test(flavor = "multi_thread")]
async fn two_shops_on_one_number() {
    play_folder("two-shops", &TWO_SHOPS).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn shops_that_speak_spanish() {
    play_folder("spanish", &SPANISH).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_shop_on_its_number() {
    play_folder("one-shop", &ONE_SHOP).await;
}

async fn play_folder(folder: &str, shops: &[NewShop]) {
    let transcripts = read_folder(folder);
    assert!(!transcripts.is_empty(), "no transcripts in {folder}");
    harness::on_both(|url| async {
        let url = url;
        let stage = Stage::bare(settings(&url).unwrap()).await.unwrap();
        furnish(stage.app.gateway(), shops).await.unwrap();
        for (index, (path, transcript)) in transcripts.iter().enumerate() {
            // Phones of its own for each conversation.
            if let Err(error) = transcript.play(&stage, index * 20).await {
                panic!("{} {error}", path.display());
            }
        }
        stage.stop().await;
    })
    .await;
}

fn read_folder(folder: &str) -> Vec<(PathBuf, Transcript)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conversations").join(folder);
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let read = |path: PathBuf| {
        let transcript = Transcript::parse(&fs::read_to_string(&path).unwrap());
        let transcript = transcript.unwrap_or_else(|error| panic!("{} {error}", path.display()));
        (path, transcript)
    };
    paths.into_iter().map(read).collect()
}
