"""Drives the RouterOS lab with librouteros and RouterOS-api: both logins, every menu, conditions, tags, refusals."""
import socket
import ssl
import subprocess
import sys
import time

import librouteros
import routeros_api
from librouteros.exceptions import FatalError, TrapError
from librouteros.login import plain, token
from librouteros.query import And, Key, Or
from routeros_api.exceptions import RouterOsApiCommunicationError

PASSWORD = "clave del taller"

# Each menu that can be added to: what is added, and what is changed then. A reference names an earlier row.
LISTS = [
    ("/ip/pool", {"name": "p", "ranges": "10.30.0.2-10.30.0.9"}, {"ranges": "10.30.0.2-10.30.0.99"}),
    ("/ppp/profile", {"name": "plan", "rate-limit": "10M/50M", "remote-address": "p"}, {"rate-limit": "20M/50M"}),
    ("/ppp/secret", {"name": "ana", "password": "x=y", "profile": "plan"}, {"profile": "default"}),
    ("/interface/vlan", {"name": "v10", "vlan-id": "10", "interface": "ether3"}, {"vlan-id": "11"}),
    ("/interface/bridge", {"name": "br", "comment": "una"}, {"comment": "otra"}),
    ("/interface/list", {"name": "WAN"}, {"comment": "hacia fuera"}),
    ("/interface/list/member", {"interface": "ether1", "list": "WAN"}, {"interface": "ether4"}),
    ("/interface/pppoe-server/server", {"interface": "ether5", "service-name": "s"}, {"max-sessions": "100"}),
    ("/ip/address", {"address": "10.31.0.1/24", "interface": "ether3"}, {"comment": "x"}),
    ("/ip/route", {"dst-address": "10.40.0.0/16", "gateway": "10.31.0.2"}, {"distance": "2"}),
    ("/ip/arp", {"address": "10.31.0.9", "mac-address": "02:00:00:00:00:09", "interface": "ether3"}, {"comment": "x"}),
    ("/ip/firewall/address-list", {"list": "cortados", "address": "10.20.9.9"}, {"comment": "isp:svc:1"}),
    ("/ip/firewall/filter", {"chain": "forward", "action": "drop", "src-address-list": "cortados"}, {"log": "yes"}),
    ("/ip/firewall/nat", {"chain": "dstnat", "action": "redirect", "to-ports": "8080"}, {"to-ports": "8081"}),
    ("/ip/firewall/mangle", {"chain": "prerouting", "action": "mark-connection", "new-connection-mark": "a",
     "per-connection-classifier": "src-address:2/0"}, {"passthrough": "no"}),
    ("/ip/firewall/layer7-protocol", {"name": "l7", "regexp": "^a=b"}, {"regexp": "^b"}),
    ("/ip/dhcp-server", {"name": "dhcp", "interface": "ether3", "address-pool": "p"}, {"lease-time": "1h"}),
    ("/ip/dhcp-server/network", {"address": "10.30.0.0/24", "gateway": "10.30.0.1"}, {"dns-server": "1.1.1.1"}),
    ("/ip/dhcp-server/lease", {"address": "10.30.0.5", "mac-address": "02:00:00:00:00:05", "server": "dhcp"},
     {"rate-limit": "5M/10M"}),
    ("/ip/hotspot", {"name": "hs", "interface": "ether3"}, {"idle-timeout": "10m"}),
    ("/ip/hotspot/user/profile", {"name": "hp", "rate-limit": "1M/2M"}, {"shared-users": "3"}),
    ("/ip/hotspot/user", {"name": "u", "profile": "hp", "server": "hs"}, {"limit-uptime": "1h"}),
    ("/queue/simple", {"name": "q", "target": "10.30.0.5", "max-limit": "5M/10M"}, {"max-limit": "1M/2M"}),
    ("/queue/tree", {"name": "t", "parent": "global"}, {"priority": "3"}),
    ("/queue/type", {"name": "pcq-a", "kind": "pcq", "pcq-rate": "1M"}, {"pcq-limit": "40"}),
    ("/tool/netwatch", {"host": "8.8.8.8", "interval": "30s"}, {"interval": "1m"}),
    ("/system/script", {"name": "s1", "source": ":log info hola"}, {"source": ":log info adios"}),
    ("/system/scheduler", {"name": "cada", "interval": "1d", "on-event": "s1"}, {"interval": "2d"}),
    ("/radius", {"service": "ppp", "address": "10.1.1.1", "secret": "x"}, {"timeout": "1s"}),
    ("/user/group", {"name": "api", "policy": "api,read,write,test"}, {"policy": "api,read"}),
    ("/user", {"name": "otra", "group": "api", "password": "x"}, {"comment": "de paso"}),
]
READ_ONLY = [
    "/ppp/active", "/ip/pool/used", "/interface", "/system/resource", "/system/routerboard", "/system/package",
    "/system/health", "/system/clock", "/ip/hotspot/active", "/ip/neighbor", "/ip/firewall/connection", "/log", "/file",
    "/ip/service", "/interface/ethernet", "/user/active",
]
SINGLE = [("/system/identity", {"name": "Norte-1"}), ("/ppp/aaa", {"use-radius": "yes"}), ("/ip/dns", {"servers": "1.1.1.1"}),
          ("/radius/incoming", {"accept": "yes"}), ("/system/ntp/client", {"enabled": "yes"})]

connect = socket.socket.connect


def connect_without_delay(self, address):
    """Both clients write a sentence word by word, and would wait 40 ms for the kernel's acknowledgement each time."""
    connect(self, address)
    if self.family == socket.AF_INET:
        self.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


socket.socket.connect = connect_without_delay


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Lab:
    def __init__(self, program, version):
        self.version = tuple(int(part) for part in version.split("."))
        self.port, self.tls_port = free_port(), free_port()
        self.process = subprocess.Popen(
            [program, "lab", "routeros", "--port", str(self.port), "--tls-port", str(self.tls_port), "--customers", "100",
             "--version", version, "--password", PASSWORD], stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 20
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.tls_port)).close()
                return
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.02)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        assert self.process.wait(10) == 0


def refused(words, work):
    try:
        result = work()
        if not isinstance(result, (type(None), str)):
            list(result)
    except TrapError as error:
        assert str(error.message) == words, (error.message, words)
    except RouterOsApiCommunicationError as error:
        assert error.original_message == words.encode(), (error.original_message, words)
    else:
        raise AssertionError(f"nothing was refused, where it should say {words}")


def same(wanted, row):
    """Values as librouteros reads them: numbers and booleans are no text."""
    for name, value in wanted.items():
        found = row.get(name)
        found = {True: "yes", False: "no"}.get(found, str(found)) if isinstance(found, bool) else str(found)
        if name in ("target",):
            value += "/32"
        if name == "max-limit":
            value = value.replace("M", "000000")
        assert found == value, (name, found, value)


def drive_librouteros(api, lab):
    added = []
    for path, values, change in LISTS:
        menu = api.path(path)
        before = len(list(menu))
        identity = menu.add(**values)
        assert identity.startswith("*"), path
        row, = menu.select().where(Key(".id") == identity)
        same(values, row)
        menu.update(**{".id": identity}, **change)
        row, = menu.select().where(Key(".id") == identity)
        same({**values, **change}, row)
        if "disabled" in row:
            list(menu("disable", numbers=identity))
            row, = menu.select(Key("disabled")).where(Key(".id") == identity)
            assert row == {"disabled": True}, (path, row)
            list(menu("enable", numbers=identity))
        assert len(list(menu)) == before + 1
        added.append((menu, identity))
    for menu, identity in reversed(added):
        menu.remove(identity)
        refused("no such item", lambda: menu.remove(identity))
    for path in READ_ONLY:
        rows = list(api.path(path))
        assert next(iter(api(path + "/print", **{"count-only": ""})))["ret"] == len(rows), path
        refused("no such command", lambda: api.path(path).add(name="x"))
    for path, change in SINGLE:
        api.path(path).update(**change)
        row, = api.path(path)
        same(change, row)


def drive_conditions(api):
    secrets = api.path("/ppp/secret")
    name, profile, comment = Key("name"), Key("profile"), Key("comment")
    rows = list(secrets.select(name, profile).where(name == "cliente00007"))
    assert rows == [{"name": "cliente00007", "profile": "Plan20"}], rows
    assert len(list(secrets.select(name).where(profile == "Plan10"))) == 33
    assert len(list(secrets.select(name).where(Or(profile == "Plan10", profile == "Plan20")))) == 67
    assert len(list(secrets.select(name).where(And(profile == "Plan10", name != "cliente00003")))) == 32
    assert len(list(secrets.select(name).where(Or(profile == "Plan10", profile == "Plan20"), ("?#!",)))) == 33
    assert len(list(secrets.select(name).where(profile.In("Plan10", "Plan20", "Nada")))) == 67
    assert list(secrets.select(name).where(profile == "Nada")) == []
    assert len(list(secrets.select(comment).where(comment != "cliente 1"))) == 99


def drive_sessions(api):
    secrets, active = api.path("/ppp/secret"), api.path("/ppp/active")
    secret, = secrets.select().where(Key("name") == "cliente00001")
    secrets.update(**{".id": secret[".id"], "profile": "Morosos"})
    session, = active.select().where(Key("name") == "cliente00001")
    active.remove(session[".id"])
    deadline = time.monotonic() + 10
    while not (back := list(active.select().where(Key("name") == "cliente00001"))):
        assert time.monotonic() < deadline, "the customer did not come back"
        time.sleep(0.02)
    queue, = api.path("/queue/simple").select().where(Key("name") == "<pppoe-cliente00001>")
    assert queue["max-limit"] == "64000/64000", queue
    entry, = api.path("/ip/firewall/address-list").select().where(Key("list") == "morosos")
    assert entry["address"] == back[0]["address"] and entry["dynamic"] is True


def drive_tools(api, lab):
    assert next(iter(api("/ping", address="8.8.8.8", count=1)))["received"] == 1
    row, = api("/interface/monitor-traffic", interface="ether1", once="")
    assert row["rx-bits-per-second"] > 0
    list(api("/export", file="copia"))
    file, = api.path("/file").select().where(Key("name") == "copia.rsc")
    if lab.version >= (7, 13):
        piece, = api("/file/read", file="copia.rsc", offset=0)
        assert "/ppp profile" in piece["data"]
    else:
        refused("no such command", lambda: api("/file/read", file="copia.rsc"))
    refused("no such command prefix", lambda: api("/nada/print"))
    refused("failure: secret with the same name already exists", lambda: api.path("/ppp/secret").add(name="cliente00002"))
    refused("input does not match any value of profile", lambda: api.path("/ppp/secret").add(name="x", profile="Nada"))
    try:
        list(api("/quit"))
        raise AssertionError("the session goes on")
    except FatalError as error:
        assert "session terminated on request" in str(error)


def drive_routeros_api(api):
    """Its commands carry tags, and may be sent before the answers to earlier ones are read."""
    added = []
    for path, values, change in LISTS:
        menu = api.get_binary_resource(path)
        binary = {name: value.encode() for name, value in values.items()}
        identity = menu.add(**binary).done_message["ret"]
        menu.set(**{"id": identity}, **{name: value.encode() for name, value in change.items()})
        row, = menu.get(id=identity)
        for name, value in {**values, **change}.items():
            if value not in ("yes", "no") and name not in ("target", "max-limit"):
                assert row[name] == value.encode(), (path, name, row)
        added.append((menu, identity))
    for menu, identity in reversed(added):
        menu.remove(id=identity)
    secrets = api.get_resource("/ppp/secret")
    promises = [secrets.get_async(name=f"cliente{number:05}") for number in range(1, 51)]
    for number, promise in reversed(list(enumerate(promises, 1))):
        row, = promise.get()
        assert row["comment"] == f"cliente {number}"
    refused("no such item", lambda: secrets.remove(id="*FFFF"))
    refused("unknown parameter color", lambda: secrets.add(name="x", color="red"))
    for path in READ_ONLY:
        api.get_binary_resource(path).get()


def wrong_password(lab, words):
    # A plain login to an old router ends with a challenge, which librouteros takes for a welcome.
    for method in (token,) if lab.version < (6, 43) else (plain, token):
        try:
            librouteros.connect("127.0.0.1", "admin", "otra", port=lab.port, login_method=method)
            raise AssertionError("it let a stranger in")
        except TrapError as error:
            assert str(error.message) == words, error.message


def anonymous_tls():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("ADH:@SECLEVEL=0")
    return context


def main(program):
    for version in ("6.42", "6.49", "7.16", "7.19"):
        start = time.monotonic()
        with Lab(program, version) as lab:
            is_old = lab.version < (6, 43)
            wrong_password(lab, "cannot log in" if is_old else "invalid user name or password (6)")
            method = token if is_old else plain
            api = librouteros.connect("127.0.0.1", "admin", PASSWORD, port=lab.port, login_method=method)
            drive_librouteros(api, lab)
            drive_conditions(api)
            drive_sessions(api)
            drive_tools(api, lab)
            for options in ({"port": lab.port}, {"port": lab.tls_port, "ssl_context": anonymous_tls()}):
                pool = routeros_api.RouterOsApiPool(
                    "127.0.0.1", "admin", PASSWORD, plaintext_login=not is_old, **options)
                drive_routeros_api(pool.get_api())
                pool.disconnect()
        print(f"  RouterOS {version}: {len(LISTS) + len(READ_ONLY) + len(SINGLE)} menus by two clients, "
              f"{time.monotonic() - start:.1f} s")


main(sys.argv[1])
