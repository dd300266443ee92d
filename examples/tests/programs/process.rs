//! Example programs as processes that end with the test, whatever happens.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::timeout;

/// How long a program may take to end, or to say something; far above what any needs.
const PATIENCE: Duration = Duration::from_secs(90);

/// An example program, in an environment that sets nothing for it.
pub(crate) fn program(name: &str) -> Command {
    let mut command = piped(path(name));
    for variable in [
        "CALLTOUCH_TOKEN",
        "CALLTOUCH_SITE_ID",
        "CALLTOUCH_BASE_URL",
        "MOYSKLAD_TOKEN",
        "MOYSKLAD_LOGIN",
        "MOYSKLAD_PASSWORD",
        "MOYSKLAD_BASE_URL",
        "RUST_LOG",
    ] {
        command.env_remove(variable);
    }
    command.env("NO_PROXY", "127.0.0.1");
    command
}

/// A program whose streams are read, and which ends with the test.
pub(crate) fn piped(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    command
}

/// `target/<profile>/examples/<name>`, beside the `deps` folder that this test lives in.
fn path(name: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let profile = test.parent().and_then(|deps| deps.parent()).unwrap();
    let path = profile
        .join("examples")
        .join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(
        path.exists(),
        "{} is not built; run `cargo build -p examples --examples` or the whole `cargo test -p examples`",
        path.display()
    );
    path
}

/// What a program left behind.
#[derive(Debug)]
pub(crate) struct Ended {
    /// The exit code; nothing when a signal ended it.
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs a program to its end.
pub(crate) async fn run(mut command: Command) -> Ended {
    let output = timeout(PATIENCE, command.output())
        .await
        .unwrap_or_else(|_| panic!("{command:?} does not end"))
        .unwrap();
    Ended {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A program that is under way; it is killed when this is dropped.
pub(crate) struct Running {
    child: Child,
    stdout: Lines<BufReader<ChildStdout>>,
    /// Read as it is written, since a full pipe would hold the program up.
    stderr: UnboundedReceiver<String>,
}

impl Running {
    pub(crate) fn start(mut command: Command) -> Self {
        let mut child = command.spawn().unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let (sender, stderr) = unbounded_channel();
        tokio::spawn(async move {
            while let Some(line) = lines.next_line().await.unwrap() {
                let _ = sender.send(line);
            }
        });
        Self {
            child,
            stdout,
            stderr,
        }
    }

    /// The next line of its stdout.
    pub(crate) async fn line(&mut self) -> String {
        let line = timeout(PATIENCE, self.stdout.next_line()).await;
        match line.expect("the program says nothing").unwrap() {
            Some(line) => line,
            None => panic!("the program ended: {:?}", self.child.wait().await),
        }
    }

    /// The next line of its stderr.
    pub(crate) async fn warning(&mut self) -> String {
        let line = timeout(PATIENCE, self.stderr.recv()).await;
        let line = line.expect("the program warns of nothing");
        line.expect("the program has ended")
    }

    /// Sends a signal, such as `TERM`.
    pub(crate) async fn signal(&self, name: &str) {
        let id = self.child.id().expect("the program has ended already");
        let kill = Command::new("kill")
            .arg(format!("-{name}"))
            .arg(id.to_string())
            .status()
            .await;
        assert!(kill.unwrap().success());
    }

    /// Waits for its end; the streams hold the lines that were not read before.
    pub(crate) async fn end(mut self) -> Ended {
        let status = timeout(PATIENCE, self.child.wait()).await;
        let code = status.expect("the program does not end").unwrap().code();
        let (mut stdout, mut stderr) = (String::new(), String::new());
        while let Some(line) = self.stdout.next_line().await.unwrap() {
            stdout.push_str(&line);
            stdout.push('\n');
        }
        while let Some(line) = self.stderr.recv().await {
            stderr.push_str(&line);
            stderr.push('\n');
        }
        Ended {
            code,
            stdout,
            stderr,
        }
    }
}
