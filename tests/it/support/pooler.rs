//! PgBouncer before the database of a site, as an installation may have it.

use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use tokio_postgres::config::Host;

/// A pooler that ends with the test.
pub struct Pooler {
    process: Child,
    url: String,
    _folder: tempfile::TempDir,
}

impl Drop for Pooler {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Pooler {
    /// One before the database of that address; none where PgBouncer is not installed.
    pub async fn before(url: &str) -> Option<Self> {
        let program = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer"]
            .into_iter()
            .find(|path| std::fs::exists(path).unwrap_or(false))?;
        let config: tokio_postgres::Config = url.parse().unwrap();
        let Host::Unix(socket) = &config.get_hosts()[0] else { panic!("a private Postgres") };
        // Whom the server's socket lets in; PgBouncer, too, refuses to run as root.
        let owner = std::fs::metadata(socket).unwrap();
        let folder = tempfile::tempdir().unwrap();
        std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let (database, file) = (config.get_dbname().unwrap(), folder.path().join("pgbouncer.ini"));
        // Sessions: it hands on no notifications, whatever the mode, once the session is another's.
        let settings = format!(
            "[databases]\nsite = host={} port={} dbname={database} user={}\n\
             [pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\nauth_type = any\n\
             pool_mode = session\ndefault_pool_size = 40\nmax_client_conn = 200\n",
            socket.display(),
            config.get_ports().first().copied().unwrap_or(5432),
            config.get_user().unwrap(),
        );
        std::fs::write(&file, settings).unwrap();
        let mut command = Command::new(program);
        command.arg("-q").arg(&file).stdout(Stdio::null()).stderr(Stdio::null());
        if nix::unistd::geteuid().is_root() {
            command.uid(owner.uid()).gid(owner.gid());
        }
        let process = command.spawn().unwrap();
        let url = format!("postgres://reader@127.0.0.1:{port}/site?sslmode=disable");
        let pooler = Self { process, url, _folder: folder };
        let begun = Instant::now();
        while communique::kit::db::establish(&pooler.url).await.is_err() {
            assert!(begun.elapsed().as_secs() < 10, "PgBouncer does not answer");
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        Some(pooler)
    }

    /// Where it answers.
    pub fn url(&self) -> &str {
        &self.url
    }
}
