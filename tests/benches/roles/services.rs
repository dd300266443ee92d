//! Both services as emulators, in a process of their own, so that what they need is not counted.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};

use calltouch_api::emulator as calltouch;
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};
use moysklad_api::emulator as moysklad;
use serde_json::{Value, json};
use tests::seed::{call, journal_text, request, with};

/// Number of the invented site.
pub(crate) const SITE: u64 = tests::seed::SITE;
/// What tells a process that it is the services: how many leads there are, and whether limits hold.
const ROLE: &str = "BENCH_SERVICES";
/// Leads of one day.
const LEADS_A_DAY: u64 = 10_000;

/// Becomes the services if this process was started to be them; returns otherwise.
pub(crate) fn be_the_services() {
    let Ok(role) = std::env::var(ROLE) else {
        return;
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let limits = role.ends_with("limits");
    let leads: u64 = role.split(' ').next().unwrap().parse().unwrap();
    runtime.block_on(async {
        let calltouch = calltouch::Emulator::builder()
            .site_id(SITE)
            .limits(limits)
            .start()
            .await
            .unwrap();
        let moysklad = moysklad::Emulator::builder()
            .limits(limits)
            .start()
            .await
            .unwrap();
        add_leads(&calltouch, leads);
        let ready = json!({
            "calltouch": {"url": calltouch.base_url(), "token": calltouch.token()},
            "moysklad": {"url": moysklad.base_url(), "token": moysklad.token()},
        });
        println!("{ready}");
        // Whoever asks for leads writes their number; the end of the input is the end of the day.
        let (tell, mut told) = tokio::sync::mpsc::unbounded_channel::<u64>();
        std::thread::spawn(move || {
            for line in std::io::stdin().lines() {
                let _ = tell.send(line.unwrap().parse().unwrap());
            }
        });
        let mut there = leads;
        while let Some(more) = told.recv().await {
            for lead in there..there + more {
                add(&calltouch, lead, Timestamp::now());
            }
            there += more;
            println!("{}", json!({"leads": there}));
        }
    });
    std::process::exit(0);
}

/// Leads of the days before today, the last of them yesterday's.
fn add_leads(calltouch: &calltouch::Emulator, leads: u64) {
    let days = i64::try_from(leads.div_ceil(LEADS_A_DAY)).unwrap();
    let today = Offset::constant(3).to_datetime(Timestamp::now()).date();
    for lead in 0..leads {
        let day = today.saturating_sub((days - i64::try_from(lead / LEADS_A_DAY).unwrap()).days());
        let second = i64::try_from(lead % LEADS_A_DAY * 8).unwrap();
        let at = Offset::constant(3)
            .to_timestamp(day.at(0, 0, 0, 0))
            .unwrap();
        add(
            calltouch,
            lead,
            at.saturating_add(second.seconds()).unwrap(),
        );
    }
}

/// One lead of five is a request; nobody calls twice.
fn add(calltouch: &calltouch::Emulator, lead: u64, at: Timestamp) {
    let at = journal_text(Offset::constant(3).to_datetime(at));
    let phone = format!("7915{lead:07}");
    if lead % 5 == 4 {
        let email = format!("p{lead}@mail.example");
        let request = request(lead, &format!("Клиент {lead}"), &phone, &email);
        calltouch.add_request(with(request, json!({"dateStr": at})));
    } else {
        calltouch.add_call(with(call(lead, &phone), json!({"date": at})));
    }
}

/// The services, as the process that uses them sees them; they end with this.
pub(crate) struct Services {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<std::process::ChildStdout>,
    /// Addresses and tokens.
    pub(crate) ready: Value,
}

impl Services {
    /// Starts them with so many leads.
    pub(crate) fn start(leads: u64, limits: bool) -> Self {
        let limits = if limits { " limits" } else { "" };
        let mut child = Command::new(std::env::current_exe().unwrap())
            .env(ROLE, format!("{leads}{limits}"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = child.stdin.take();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let ready = line(&mut output);
        Self {
            child,
            input,
            output,
            ready,
        }
    }

    /// Adds leads of this moment.
    #[allow(dead_code, reason = "not every benchmark adds leads")]
    pub(crate) fn add(&mut self, leads: u64) {
        writeln!(self.input.as_mut().unwrap(), "{leads}").unwrap();
        line(&mut self.output);
    }
}

impl Drop for Services {
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.child.wait();
    }
}

fn line(output: &mut BufReader<std::process::ChildStdout>) -> Value {
    let mut text = String::new();
    output.read_line(&mut text).unwrap();
    serde_json::from_str(&text).unwrap()
}
