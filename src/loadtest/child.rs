//! Another process of this program: the gateway that is measured, or the bare endpoint beside it.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use tokio::process::{Child, Command};

use super::report::Memory;

/// The time a program has until it is ready.
const READY_TIMEOUT: Duration = Duration::from_secs(60);
/// The time a program has to stop by itself.
const STOP_TIMEOUT: Duration = Duration::from_secs(60);
/// How often we look whether it is ready: the figure we report is no finer than this.
const LOOK_EVERY: Duration = Duration::from_millis(5);
/// How much of a log an error shows, in lines.
const LOG_LINES_MAX: usize = 15;

/// A program that runs; killed when dropped.
#[derive(Debug)]
pub struct Program {
    child: Child,
    log: PathBuf,
    started: Instant,
}

impl Program {
    /// Starts a subcommand with settings from the environment alone; its output goes into a log in the folder.
    pub fn start(
        program: &Path,
        subcommand: &str,
        environment: Vec<(&'static str, String)>,
        folder: &Path,
    ) -> anyhow::Result<Self> {
        let log = folder.join(format!("{subcommand}.log"));
        let output = File::create(&log).with_context(|| format!("{} cannot be written", log.display()))?;
        let child = Command::new(program)
            .arg(subcommand)
            .envs(environment)
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("{} cannot be started", program.display()))?;
        Ok(Self { child, log, started: Instant::now() })
    }

    /// Waits until it says so itself; the time since its start.
    pub async fn wait_until_ready(&mut self, health_url: &str) -> anyhow::Result<Duration> {
        let client = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(1)).build()?;
        loop {
            let answer = client.get(health_url).send().await;
            if answer.is_ok_and(|answer| answer.status().is_success()) {
                return Ok(self.started.elapsed());
            }
            if let Some(status) = self.child.try_wait()? {
                bail!("the program has ended ({status}) before it was ready:\n{}", self.last_lines());
            }
            if self.started.elapsed() > READY_TIMEOUT {
                bail!("the program is not ready after {READY_TIMEOUT:?}:\n{}", self.last_lines());
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// What it holds in memory now, and has held at most; `None` where the system does not tell (it does on Linux).
    pub fn memory(&self) -> Option<Memory> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()?)).ok()?;
        Some(Memory {
            resident_bytes: kibibytes(&status, "VmRSS:")? * 1024,
            peak_bytes: kibibytes(&status, "VmHWM:")? * 1024,
        })
    }

    /// Asks it to stop; the time that took. An error when it had to be killed, or did not end well.
    pub async fn stop(mut self) -> anyhow::Result<Duration> {
        let asked = Instant::now();
        self.ask_to_stop().await?;
        let Ok(status) = tokio::time::timeout(STOP_TIMEOUT, self.child.wait()).await else {
            bail!("the program did not stop within {STOP_TIMEOUT:?}; its last words:\n{}", self.last_lines());
        };
        let status: ExitStatus = status?;
        if !status.success() {
            bail!("the program did not end well ({status}); its last words:\n{}", self.last_lines());
        }
        Ok(asked.elapsed())
    }

    /// SIGTERM, as service managers send it. The standard library knows no signals but KILL; the shell does.
    #[cfg(unix)]
    async fn ask_to_stop(&mut self) -> anyhow::Result<()> {
        let Some(id) = self.child.id() else {
            bail!("the program has ended before its time:\n{}", self.last_lines());
        };
        let mut shell = Command::new("sh");
        shell.args(["-c", "kill -TERM \"$0\""]).arg(id.to_string());
        let told = shell.status().await.context("the program could not be told to stop")?;
        anyhow::ensure!(told.success(), "the program has ended before its time:\n{}", self.last_lines());
        Ok(())
    }

    #[cfg(not(unix))]
    async fn ask_to_stop(&mut self) -> anyhow::Result<()> {
        self.child.kill().await.context("the program could not be stopped")
    }

    fn last_lines(&self) -> String {
        let log = std::fs::read(&self.log).unwrap_or_default();
        let log = String::from_utf8_lossy(&log);
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(LOG_LINES_MAX)..].join("\n")
    }
}

/// The number after a name in a file such as `/proc/…/status`.
fn kibibytes(status: &str, name: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_read_from_the_systems_own_words() {
        let status = "Name:\tregulars\nVmHWM:\t   48964 kB\nVmRSS:\t    1024 kB\n";
        assert_eq!((kibibytes(status, "VmHWM:"), kibibytes(status, "VmRSS:")), (Some(48_964), Some(1_024)));
        assert_eq!(kibibytes(status, "VmSwap:"), None);
    }
}
