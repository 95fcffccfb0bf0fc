//! The report as people read it.

use std::collections::BTreeMap;
use std::fmt;

use indicatif::HumanCount;

use super::{Bare, OwnGateway, Phase, Report};

/// What Regulars promises on two cores, of which this test uses its part.
const JOINS_TO_BARE_MIN: f64 = 0.09;
const P99_AT_HALF_MAX: f64 = 100.0;
const READY_MAX: f64 = 1_000.0;
const IDLE_MEBIBYTES_MAX: f64 = 40.0;
const PEAK_MEBIBYTES_MAX: f64 = 200.0;

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (phones, senders, connections) = (HumanCount(self.phones.into()), self.senders, self.connections);
        writeln!(f, "Launch day: {phones} phones, {connections} connections.")?;
        writeln!(
            f,
            "Replies leave from {senders} numbers at {} a second each (US carriers allow a short code 100).",
            self.pace
        )?;
        if let Some(gateway) = &self.gateway {
            write_gateway(f, gateway)?;
        }
        writeln!(f)?;
        write_table(f, self)?;
        writeln!(f)?;
        write_ratios(f, self)?;
        write_verdict(f, self)
    }
}

fn write_gateway(f: &mut fmt::Formatter<'_>, gateway: &OwnGateway) -> fmt::Result {
    let mebibytes = |bytes: Option<u64>| bytes.map(|bytes| bytes as f64 / 1_048_576.0);
    writeln!(f, "\nGateway on {}", gateway.database)?;
    promise(f, "ready after", Some(gateway.ready_milliseconds), "ms", READY_MAX)?;
    promise(f, "memory idle", mebibytes(gateway.idle_bytes), "MiB", IDLE_MEBIBYTES_MAX)?;
    promise(f, "memory at most", mebibytes(gateway.peak_bytes), "MiB", PEAK_MEBIBYTES_MAX)?;
    writeln!(f, "  {:<24}{:>10.0} ms", "stopped within", gateway.stop_milliseconds)
}

/// A figure and the bound that is promised for it.
fn promise(f: &mut fmt::Formatter<'_>, name: &str, figure: Option<f64>, unit: &str, below: f64) -> fmt::Result {
    match figure {
        Some(figure) => {
            let kept = if figure < below { "" } else { "  MISSED" };
            writeln!(f, "  {name:<24}{figure:>10.1} {unit:<4} (promised: under {below:.0}){kept}")
        }
        None => writeln!(f, "  {name:<24}{:>10}", "unknown"),
    }
}

fn write_table(f: &mut fmt::Formatter<'_>, report: &Report) -> fmt::Result {
    writeln!(
        f,
        "{:<14}{:>10}{:>10}{:>9}{:>9}{:>9}{:>10}{:>10}{:>7}{:>9}{:>7}",
        "", "accepted", "a second", "p50 ms", "p99 ms", "max ms", "replies", "a second", "lost", "doubled", "wrong"
    )?;
    for phase in &report.phases {
        write_phase(f, phase)?;
    }
    if let Some(bare) = &report.bare {
        write_bare(f, bare)?;
    }
    Ok(())
}

fn write_phase(f: &mut fmt::Formatter<'_>, phase: &Phase) -> fmt::Result {
    writeln!(
        f,
        "{:<14}{:>10}{:>10}{:>9.1}{:>9.1}{:>9.1}{:>10}{:>10}{:>7}{:>9}{:>7}",
        phase.name,
        count(phase.accepted),
        rounded(phase.accepted_per_second),
        phase.latency.p50,
        phase.latency.p99,
        phase.latency.max,
        count(phase.replies),
        rounded(phase.replies_per_second),
        count(phase.verdict.lost),
        count(phase.verdict.doubled),
        count(phase.verdict.wrong),
    )?;
    if phase.accepted == phase.texts { Ok(()) } else { write_answers(f, &phase.answers) }
}

fn write_bare(f: &mut fmt::Formatter<'_>, bare: &Bare) -> fmt::Result {
    let accepted = bare.answers.get("200").copied().unwrap_or_default();
    writeln!(
        f,
        "{:<14}{:>10}{:>10}{:>9.1}{:>9.1}{:>9.1}",
        "bare endpoint",
        count(accepted),
        rounded(bare.accepted_per_second),
        bare.latency.p50,
        bare.latency.p99,
        bare.latency.max,
    )?;
    if bare.answers.len() == 1 { Ok(()) } else { write_answers(f, &bare.answers) }
}

fn write_answers(f: &mut fmt::Formatter<'_>, answers: &BTreeMap<String, u64>) -> fmt::Result {
    let answers: Vec<_> = answers.iter().map(|(what, times)| format!("{what}: {}", count(*times))).collect();
    writeln!(f, "  answers: {}", answers.join(", "))
}

fn write_ratios(f: &mut fmt::Formatter<'_>, report: &Report) -> fmt::Result {
    let kept = |kept: bool| if kept { "" } else { "  MISSED" };
    if let Some(ratio) = report.joins_to_bare {
        let (part, least) = (ratio * 100.0, JOINS_TO_BARE_MIN * 100.0);
        let kept = kept(ratio >= JOINS_TO_BARE_MIN);
        writeln!(f, "Durable joins to the bare endpoint: {part:.1} % (promised: at least {least:.0} %){kept}")?;
    }
    if let Some(ratio) = report.purchases_to_bare {
        writeln!(f, "Purchases, each with its text, to the bare endpoint: {:.1} %", ratio * 100.0)?;
    }
    if let Some(ratio) = report.balances_to_joins {
        writeln!(f, "BAL to joins: {ratio:.2} (promised: at least 1){}", kept(ratio >= 1.0))?;
    }
    for phase in report.phases.iter().filter(|phase| phase.name.ends_with("at half")) {
        let (p99, kept) = (phase.latency.p99, kept(phase.latency.p99 < P99_AT_HALF_MAX));
        writeln!(f, "p99 of {}: {p99:.1} ms (promised: under {P99_AT_HALF_MAX:.0} ms){kept}", phase.name)?;
    }
    Ok(())
}

fn write_verdict(f: &mut fmt::Formatter<'_>, report: &Report) -> fmt::Result {
    if report.receipts_refused > 0 {
        writeln!(f, "Delivery reports that the gateway did not take: {}", count(report.receipts_refused))?;
    }
    if report.is_clean() {
        write!(f, "Every text accepted, every phone answered exactly once and rightly.")
    } else {
        write!(f, "NOT CLEAN: texts were refused, or phones read less, more or other than they asked for.")
    }
}

fn count(number: u64) -> String {
    HumanCount(number).to_string()
}

fn rounded(number: f64) -> String {
    count(number.round() as u64)
}
