//! A PostgreSQL server of the test's own, which may be stopped.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

pub(crate) struct Cluster {
    programs: PathBuf,
    folder: TempDir,
    port: u16,
}

impl Cluster {
    pub(crate) fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        // Ports are free one moment and taken the next, but seldom this one.
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let cluster = Self {
            programs: programs(),
            folder,
            port,
        };
        if is_root() {
            // PostgreSQL refuses to run as root.
            run(Command::new("chown")
                .arg("postgres")
                .arg(cluster.folder.path()));
        }
        let data = cluster.data();
        run(cluster
            .program("initdb")
            .args(["-A", "trust", "-U", "postgres", "-D"])
            .arg(&data));
        cluster.go();
        cluster
    }

    pub(crate) fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    /// Ends it as a power cut does.
    pub(crate) fn crash(&self) {
        run(self.control().args(["-m", "immediate", "stop"]));
    }

    pub(crate) fn go(&self) {
        let folder = self.folder.path().display();
        let options = format!("-h 127.0.0.1 -p {} -k {folder}", self.port);
        let log = self.folder.path().join("log");
        run(self
            .control()
            .arg("-l")
            .arg(log)
            .args(["-o", &options, "start"]));
    }

    fn control(&self) -> Command {
        let mut command = self.program("pg_ctl");
        command.args(["-w", "-D"]).arg(self.data());
        command
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn program(&self, name: &str) -> Command {
        let path = self.programs.join(name);
        if !is_root() {
            return Command::new(path);
        }
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(path);
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let _ = self.control().args(["-m", "immediate", "stop"]).output();
    }
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout == b"0\n"
}

/// The programs of the newest PostgreSQL, where Debian keeps them.
fn programs() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").expect("PostgreSQL is not installed");
    let newest = versions
        .map(|version| version.unwrap().path())
        .max_by_key(|path| number(path))
        .expect("PostgreSQL is not installed");
    newest.join("bin")
}

fn number(path: &Path) -> u32 {
    let name = path.file_name().and_then(|name| name.to_str());
    name.and_then(|name| name.parse().ok()).unwrap_or(0)
}

fn run(command: &mut Command) {
    command.current_dir("/").stdout(std::process::Stdio::null());
    let status = command.status().unwrap();
    assert!(status.success(), "{command:?}");
}
