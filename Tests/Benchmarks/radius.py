"""How many logins a second FreeRADIUS answers, each with the Start that follows it: by our functions, and by the stock schema
with its stock queries, on one PostgreSQL in the same run. And how long ten thousand customers take who dial in at once."""

import shutil
import subprocess
import time
from pathlib import Path

from contenders import POSTGRES, Database, Mastil
from processes import Failed, free_port, run

CUSTOMERS, PARALLEL, SECRET, PASSWORD = 10_000, 64, "secretosecretosecreto", "clave"
STOCK = Path("/etc/freeradius/3.0/mods-config/sql/main/postgresql")
OURS = Path(__file__).parents[2] / "deploy" / "radius"

STOCK_CONFIGURATION = """
libdir = /usr/lib/freeradius
logdir = {folder}
db_dir = {folder}
run_dir = {folder}
max_request_time = 10
cleanup_delay = 5
max_requests = 16384
log {{
    destination = stdout
}}
security {{
    max_attributes = 200
    reject_delay = 0
    status_server = no
}}
thread pool {{
    start_servers = 4
    max_servers = 16
    min_spare_servers = 2
    max_spare_servers = 8
    max_requests_per_server = 0
}}
client bench {{
    ipaddr = 127.0.0.1
    secret = {secret}
    require_message_authenticator = no
}}
modules {{
    pap {{
    }}
    expr {{
    }}
    sql {{
        driver = "rlm_sql_postgresql"
        dialect = "postgresql"
        radius_db = "{database}"
        acct_table1 = "radacct"
        acct_table2 = "radacct"
        postauth_table = "radpostauth"
        authcheck_table = "radcheck"
        groupcheck_table = "radgroupcheck"
        authreply_table = "radreply"
        groupreply_table = "radgroupreply"
        usergroup_table = "radusergroup"
        client_table = "nas"
        group_attribute = "SQL-Group"
        read_groups = yes
        delete_stale_sessions = yes
        read_clients = no
        pool {{
            start = 0
            min = 0
            max = 16
            spare = 4
            uses = 0
            retry_delay = 1
            lifetime = 0
            idle_timeout = 0
        }}
        $INCLUDE {stock}/queries.conf
    }}
}}
server bench {{
    listen {{
        type = auth
        ipaddr = 127.0.0.1
        port = {auth}
    }}
    listen {{
        type = acct
        ipaddr = 127.0.0.1
        port = {acct}
    }}
    authorize {{
        sql
        pap
    }}
    authenticate {{
        Auth-Type PAP {{
            pap
        }}
    }}
    preacct {{
        update request {{
            &Acct-Unique-Session-Id := "%{{md5:%{{User-Name}},%{{Acct-Session-ID}},%{{NAS-IP-Address}}}}"
        }}
    }}
    accounting {{
        sql
    }}
    post-auth {{
        sql
    }}
}}
"""


class Radius:
    """A FreeRADIUS with a configuration and a database of its own."""

    def __init__(self, name: str, folder: Path, configuration: Path, environment: dict[str, str], auth: int, acct: int):
        self.name, self.auth, self.acct, self.folder = name, auth, acct, folder
        self.log = (folder / "radius.log").open("w+")
        self.process = subprocess.Popen(
            ["/usr/sbin/freeradius", "-f", "-l", "stdout", "-d", str(configuration), "-D", "/usr/share/freeradius", "-n", "radiusd"],
            stdout=self.log, stderr=self.log, env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", **environment})
        deadline = time.monotonic() + 30
        while "Ready to process requests" not in (said := (folder / "radius.log").read_text()):
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise Failed(f"{name} does not start: {said[-600:]}")
            time.sleep(0.05)

    def send(self, kind: str, requests: Path, count: int) -> float:
        """Seconds until all of them were answered with yes."""
        port = self.auth if kind == "auth" else self.acct
        began = time.monotonic()
        said = subprocess.run(
            ["radclient", "-q", "-s", "-p", str(PARALLEL), "-r", "5", "-t", "5", "-f", str(requests), f"127.0.0.1:{port}", kind, SECRET],
            capture_output=True, text=True, timeout=600)
        span = time.monotonic() - began
        counts = {words[0].strip(): words[1].strip() for line in said.stdout.splitlines() if len(words := line.split(":")) == 2}
        accepted = int(counts.get("Accepted", "0"))
        if kind == "auth" and accepted != count:
            raise Failed(f"{self.name} accepted {accepted} of {count}: {(said.stdout + said.stderr)[-300:]}")
        if int(counts.get("Lost", "0")) != 0:
            raise Failed(f"{self.name} lost {counts['Lost']} of {count}")
        return span

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.log.close()


def requests(folder: Path, turn: int) -> tuple[Path, Path]:
    """Logins of all customers, and the report that each begins a session."""
    logins, starts = folder / f"logins-{turn}", folder / f"starts-{turn}"
    logins.write_text("\n".join(
        f'User-Name = "cliente{n}"\nUser-Password = "{PASSWORD}"\nNAS-IP-Address = 127.0.0.1\nNAS-Port = {n}\n'
        f'Calling-Station-Id = "02:00:00:00:{n // 256:02X}:{n % 256:02X}"\n' for n in range(CUSTOMERS)))
    starts.write_text("\n".join(
        f'Acct-Status-Type = Start\nAcct-Session-Id = "{turn}-{n}"\nUser-Name = "cliente{n}"\nNAS-IP-Address = 127.0.0.1\n'
        f'Framed-IP-Address = 10.{n // 65536}.{n // 256 % 256}.{n % 256}\nAcct-Authentic = RADIUS\n' for n in range(CUSTOMERS)))
    return logins, starts


def furnish_ours(database: Database):
    nt_hash = run(["smbencrypt", PASSWORD]).split()[-1].lower()
    database.rows(
        "CREATE TABLE bench_company AS SELECT tenant_id FROM tenants WHERE slug = 'uno';"
        "INSERT INTO plans (tenant_id, plan_id, name, price, currency, tax, charge, days, download, upload, provisioned_download,"
        " provisioned_upload, burst_download, burst_upload, threshold_download, threshold_upload, burst_seconds, is_collected,"
        " early_discount, early_days, made_at) SELECT tenant_id, gen_random_uuid(), 'Radius', 50000, 'MXN', 'company',"
        " 'in_advance', 0, 10000, 5000, 10000, 5000, 0, 0, 0, 0, 0, true, 0, 0, now() FROM bench_company;"
        "CREATE TABLE bench_services AS SELECT c.tenant_id, gen_random_uuid() AS service_id, n, p.plan_id,"
        " (SELECT customer_id FROM customers x WHERE x.tenant_id = c.tenant_id LIMIT 1) AS customer_id"
        f" FROM bench_company c JOIN plans p ON p.tenant_id = c.tenant_id AND p.name = 'Radius', generate_series(0, {CUSTOMERS - 1}) n;"
        "INSERT INTO services (tenant_id, service_id, number, customer_id, address, neighbourhood, contact, contact_phone,"
        " billing_day, state, made_at) SELECT tenant_id, service_id, 900000 + n, customer_id, '', '', '', '', 1, 'active', now()"
        " FROM bench_services;"
        "INSERT INTO desired_services (tenant_id, service_id, access, plan_id, revision, changed_at)"
        " SELECT tenant_id, service_id, 'open', plan_id, 1, now() FROM bench_services;"
        "INSERT INTO radius_accesses (tenant_id, service_id, login, password, nt_hash, address, made_at)"
        f" SELECT tenant_id, service_id, 'cliente' || n, '\\x00', '\\x{nt_hash}', '', now() FROM bench_services;"
        "INSERT INTO radius_clients (tenant_id, client_id, number, name, address, port, secret, made_at)"
        " SELECT tenant_id, gen_random_uuid(), 1, 'Nodo', '127.0.0.1', 3799, '\\x00', now() FROM bench_company;"
        "INSERT INTO radius_peers (address, tenant_id, client_id, secret)"
        f" SELECT '127.0.0.1', tenant_id, client_id, '{SECRET}' FROM radius_clients JOIN bench_company USING (tenant_id);"
        "ANALYZE")


def furnish_stock(database: Database, name: str):
    run([f"{POSTGRES}/createdb", "-h", database.socket, "-U", "postgres", name])
    run([f"{POSTGRES}/psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", database.socket, "-U", "postgres", "-d", name, "-f", str(STOCK / "schema.sql")])
    run([f"{POSTGRES}/psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", database.socket, "-U", "postgres", "-d", name, "-c",
         "INSERT INTO radcheck (UserName, Attribute, op, Value) SELECT 'cliente' || n, 'Cleartext-Password', ':=', "
         f"'{PASSWORD}' FROM generate_series(0, {CUSTOMERS - 1}) n;"
         "INSERT INTO radusergroup (UserName, GroupName, priority) SELECT 'cliente' || n, 'hogar', 0"
         f" FROM generate_series(0, {CUSTOMERS - 1}) n;"
         "INSERT INTO radgroupreply (GroupName, Attribute, op, Value) VALUES ('hogar', 'Mikrotik-Rate-Limit', ':=', '5000k/10000k'),"
         " ('hogar', 'Acct-Interim-Interval', ':=', '300'); ANALYZE"])


def measure_radius(report, settings, database: Database, mastil: Mastil, rounds: int = 3):
    folder = settings.work / "radius"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "stock").mkdir(parents=True)
    (folder / "ours").mkdir()
    stock_name, started = "radius_stock", []
    run([f"{POSTGRES}/dropdb", "-h", database.socket, "-U", "postgres", "--if-exists", "--force", stock_name])
    furnish_ours(database)
    furnish_stock(database, stock_name)
    ports = [free_port() for _ in range(4)]
    (folder / "stock" / "radiusd.conf").write_text(STOCK_CONFIGURATION.format(
        folder=folder / "stock", database=f"host={database.socket} dbname={stock_name} user=postgres", secret=SECRET, stock=STOCK,
        auth=ports[2], acct=ports[3]))
    try:
        started.append(Radius("Mastil", folder / "ours", OURS, {
            "RADIUS_DIRECTORY": str(folder / "ours"),
            "RADIUS_DATABASE": f"host={database.socket} dbname={database.name} user=mastil_radius", "RADIUS_ADDRESS": "127.0.0.1",
            "RADIUS_AUTH_PORT": str(ports[0]), "RADIUS_ACCT_PORT": str(ports[1])}, ports[0], ports[1]))
        started.append(Radius("The stock schema", folder / "stock", folder / "stock", {}, ports[2], ports[3]))
        print(f"\nRADIUS: {CUSTOMERS:,} logins by PAP and {CUSTOMERS:,} Starts, {PARALLEL} at once, {rounds} rounds", flush=True)
        rates, spans = {radius.name: [] for radius in started}, []
        for turn in range(rounds):
            logins, starts = requests(folder, turn)
            for radius in started if turn % 2 == 0 else reversed(started):
                span = radius.send("auth", logins, CUSTOMERS) + radius.send("acct", starts, CUSTOMERS)
                rates[radius.name].append(CUSTOMERS / span)
                if radius is started[0]:
                    spans.append(span)
        ours, stock = (sorted(found)[len(found) // 2] for found in rates.values())
        [[kept]] = database.rows("SELECT count(*) FROM radius_sessions JOIN bench_company USING (tenant_id)")
        if int(kept) != rounds * CUSTOMERS:
            raise Failed(f"{kept} of {rounds * CUSTOMERS} sessions were kept")
        report.judge("radius: logins with a Start, by Mastil", ours, "/s")
        report.judge("radius: by the stock schema", stock, "/s")
        report.judge("radius: Mastil / the stock schema", ours / stock, "×", least=0.8)
        report.judge(f"radius: {CUSTOMERS:,} who dial in at once", max(spans), "s", most=30)
    finally:
        for radius in started:
            radius.stop()
        run([f"{POSTGRES}/dropdb", "-h", database.socket, "-U", "postgres", "--if-exists", "--force", stock_name])
