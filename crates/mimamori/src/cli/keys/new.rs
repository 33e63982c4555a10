//! `mimamori keys new`: the master key.

use std::path::PathBuf;

use clap::Args;
use seal::MasterKey;

use crate::cli::failure::Failure;
use crate::cli::say;
use crate::config::words::of_key;
use crate::deed::Dice;

/// 新しいマスター鍵をファイルに作ります（権限 600。すでにあるファイルには書きません）
#[derive(Args)]
#[command(after_help = "\
マスター鍵を失うと、登録された内容は誰にも読めなくなります。
作ったらすぐ、データベースともバックアップとも別の場所に控えを取ってください。
サーバーを動かす利用者のファイルにしてください。フォルダーにはその利用者の書く権限も要ります
（監査記録の封の控えを隣に置きます）。

例:
  sudo -u mimamori mimamori keys new /etc/mimamori/master.key

終了コード: 0 作った、1 作れなかった")]
pub(in crate::cli) struct New {
    /// 鍵を書くファイル
    #[arg(value_name = "ファイル")]
    file: PathBuf,
}

impl New {
    pub fn run(self) -> Result<(), Failure> {
        let key = MasterKey::generate(&mut Dice::Machine);
        key.write_new(&self.file)
            .map_err(|why| Failure::refused(of_key(&why)))?;
        say::answer(&format!(
            "マスター鍵を {} に作りました。データベースやバックアップとは別の場所に、必ず控えを取ってください。",
            self.file.display()
        ));
        Ok(())
    }
}
