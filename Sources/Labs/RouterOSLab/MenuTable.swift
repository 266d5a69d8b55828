/// The RouterOS menus that the product uses, after `routeros.md`. A line `menu` with its path and options, then its
/// properties: `field` is writable, `ro` is read-only.
///
/// Options: `key` names rows, `unique` and `index` by property, `single`, `readonly`, `removable`, `ordered`, `plain`
/// (neither comment nor disabled), `off` (disabled at first), `since` and `before` a version, `package`.
/// A property: `name*:kind=standard`; `*` is required, `~7.15` is since that version, `~-7.0` before it.
enum MenuTable {
    static let text = """
        menu /system/identity single
        field name=MikroTik
        menu /system/resource single readonly
        ro uptime:live.uptime version build-time free-memory total-memory cpu cpu-count cpu-frequency cpu-load:live.load free-hdd-space total-hdd-space write-sect-since-reboot bad-blocks architecture-name board-name platform
        menu /system/routerboard single readonly
        ro routerboard:flag=true model serial-number firmware-type current-firmware upgrade-firmware
        menu /system/health readonly plain since=7.0
        ro name value type
        menu /system/health single readonly before=7.0
        ro voltage temperature
        menu /system/clock single
        ro time:live.time date:live.date
        field time-zone-autodetect:flag=true time-zone-name=UTC
        ro gmt-offset=+00:00
        menu /system/package readonly plain key=name
        ro name version build-time scheduled disabled:flag=false
        menu /system/ntp/client single
        field enabled:flag=false mode=unicast servers
        menu /system/script key=name plain
        taken failure: item with such name already exists
        field name* source policy=ftp,reboot,read,write,policy,test,password,sniff,sensitive,romon dont-require-permissions:flag=false comment
        ro owner run-count:number=0 last-started invalid:flag=false
        menu /system/scheduler key=name
        taken failure: item with such name already exists
        field name* on-event start-date start-time interval:span=0s policy=ftp,reboot,read,write,policy,test,password,sniff,sensitive,romon
        ro owner run-count:number=0 next-run
        menu /user key=name
        taken failure: user with the same name already exists
        field name* group*:@/user/group password:secret address
        ro last-logged-in
        menu /user/group key=name plain
        taken failure: group with the same name already exists
        field name* policy skin=default comment
        menu /user/active readonly plain
        ro when name address via
        menu /ip/service key=name plain readonly
        field port:number address certificate=none disabled:flag=false tls-version=any max-sessions~7.0:number=20
        ro name
        menu /certificate key=name plain
        field name* common-name
        ro trusted:flag=false fingerprint
        menu /interface key=name readonly plain
        ro name default-name type mtu actual-mtu mac-address last-link-up-time link-downs:number=0 rx-byte:live.rx tx-byte:live.tx rx-packet:live.rx-packets tx-packet:live.tx-packets fp-rx-byte:live.rx fp-tx-byte:live.tx rx-drop=0 tx-drop=0 rx-error=0 tx-error=0 dynamic:flag=false running:flag=true
        field comment disabled:flag=false
        menu /interface/ethernet key=name readonly plain
        field name mtu=1500 comment disabled:flag=false
        ro default-name mac-address running:flag=true
        menu /interface/vlan key=name
        taken failure: already have interface with such name
        field name* vlan-id*:number interface*:@/interface mtu=1500
        ro mac-address running:flag=true
        menu /interface/bridge key=name
        taken failure: already have interface with such name
        field name* protocol-mode:none,rstp,stp,mstp=rstp mtu=auto
        ro mac-address running:flag=true
        menu /interface/list key=name plain
        taken failure: already have such name
        field name* include exclude comment
        ro builtin:flag=false dynamic:flag=false
        menu /interface/list/member
        field interface*:@/interface list*:@/interface/list
        ro dynamic:flag=false
        menu /interface/pppoe-server/server off
        field service-name interface*:@/interface default-profile:@/ppp/profile=default authentication=pap,chap,mschap1,mschap2 one-session-per-host:flag=false keepalive-timeout=10 max-mtu=auto max-mru=auto mrru=disabled max-sessions=unlimited pado-delay=0
        ro invalid:flag=false
        menu /ip/pool key=name plain
        taken failure: pool with such name exists
        field name* ranges* next-pool:@/ip/pool comment
        menu /ppp/profile key=name plain
        taken failure: profile with the same name already exists
        field name* local-address:pool remote-address:pool rate-limit:rate-limit address-list on-up on-down only-one:default,yes,no=default session-timeout:span idle-timeout:span parent-queue queue-type insert-queue-before dns-server wins-server bridge bridge-learning=default interface-list incoming-filter outgoing-filter change-tcp-mss=yes use-compression=default use-encryption=default use-mpls=default use-upnp=default use-ipv6=yes comment
        ro default:flag=false
        menu /ppp/secret key=name
        taken failure: secret with the same name already exists
        field name* password:secret service:any,async,l2tp,ovpn,pppoe,pptp,sstp=any profile:@/ppp/profile=default caller-id local-address:pool remote-address:pool routes ipv6-routes remote-ipv6-prefix limit-bytes-in:number=0 limit-bytes-out:number=0
        ro last-logged-out last-caller-id last-disconnect-reason
        menu /ppp/active key=name unique= removable plain index=name,address,caller-id
        ro name service caller-id address uptime:live.uptime encoding session-id limit-bytes-in=0 limit-bytes-out=0 radius:flag=false
        menu /ppp/aaa single
        field use-radius:flag=false accounting:flag=true interim-update:span=0s use-circuit-id-in-nas-port-id:flag=false
        menu /ip/address unique=address,interface
        taken failure: already have such address
        field address*:address interface*:@/interface network
        ro actual-interface dynamic:flag=false invalid:flag=false
        menu /ip/pool/used readonly plain index=address
        ro pool address owner info
        menu /ip/route index=dst-address
        field dst-address=0.0.0.0/0 gateway distance:number=1 routing-table~7.0=main routing-mark~-7.0 check-gateway:ping,arp,bfd,none scope:number=30 target-scope:number=10 pref-src suppress-hw-offload~7.0:flag=false vrf-interface~7.0 blackhole~7.0:flag type~-7.0=unicast
        ro active:flag=true dynamic:flag=false static:flag=true inactive~7.0:flag=false ecmp~7.0:flag=false hw-offloaded~7.0:flag=false
        menu /routing/table key=name since=7.0
        taken failure: already have such name
        field name* fib:flag=false
        ro dynamic:flag=false invalid:flag=false
        menu /ip/dns single
        field servers allow-remote-requests:flag=false cache-size:number=2048
        ro dynamic-servers
        menu /ip/arp index=address
        field address*:address mac-address:mac interface*:@/interface published:flag=false
        ro dynamic:flag=false complete:flag=true
        menu /ip/neighbor readonly plain
        ro interface address mac-address identity platform version board
        menu /ip/firewall/address-list unique=address,list index=address
        taken failure: already have such entry
        field list* address* timeout:span
        ro dynamic:flag=false creation-time
        menu /ip/firewall/filter ordered
        field chain* action:accept,drop,reject,jump,return,log,passthrough,tarpit,fasttrack-connection,add-src-to-address-list,add-dst-to-address-list=accept protocol src-address dst-address src-address-list dst-address-list src-port dst-port port in-interface out-interface in-interface-list out-interface-list connection-state connection-mark connection-nat-state packet-mark routing-mark dst-address-type src-address-type src-mac-address connection-limit connection-rate limit dst-limit layer7-protocol tls-host time content icmp-options reject-with jump-target log:flag=false log-prefix address-list address-list-timeout hw-offload:flag
        ro bytes:live.bytes packets:live.packets invalid:flag=false dynamic:flag=false
        menu /ip/firewall/nat ordered
        field chain* action:accept,drop,dst-nat,src-nat,masquerade,redirect,netmap,jump,return,log,passthrough,same,add-src-to-address-list,add-dst-to-address-list=accept to-addresses to-ports protocol src-address dst-address src-address-list dst-address-list src-port dst-port port in-interface out-interface in-interface-list out-interface-list connection-mark packet-mark routing-mark dst-address-type limit layer7-protocol tls-host time content jump-target log:flag=false log-prefix address-list address-list-timeout
        ro bytes:live.bytes packets:live.packets invalid:flag=false dynamic:flag=false
        menu /ip/firewall/mangle ordered
        field chain* action:accept,drop,mark-connection,mark-packet,mark-routing,change-mss,change-ttl,change-dscp,jump,return,log,passthrough,add-src-to-address-list,add-dst-to-address-list,set-priority,strip-ipv4-options,route,sniff-tzsp=accept new-connection-mark new-packet-mark new-routing-mark new-mss new-ttl new-dscp new-priority passthrough:flag=true protocol src-address dst-address src-address-list dst-address-list src-port dst-port port in-interface out-interface in-interface-list out-interface-list connection-state connection-mark packet-mark routing-mark dst-address-type per-connection-classifier limit dst-limit layer7-protocol tls-host time content tcp-flags tcp-mss jump-target log:flag=false log-prefix address-list address-list-timeout
        ro bytes:live.bytes packets:live.packets invalid:flag=false dynamic:flag=false
        menu /ip/firewall/layer7-protocol key=name plain
        taken failure: already have such name
        field name* regexp comment
        menu /ip/firewall/connection removable plain
        ro protocol src-address dst-address reply-src-address reply-dst-address tcp-state timeout
        menu /ip/dhcp-server key=name
        taken failure: already have such name
        field name* interface*:@/interface address-pool=static-only lease-time:span=30m lease-script authoritative:yes,no,after-2sec-delay,after-10sec-delay=yes relay
        ro dynamic:flag=false invalid:flag=false
        menu /ip/dhcp-server/network unique=address plain
        field address* gateway dns-server netmask domain comment
        menu /ip/dhcp-server/lease unique=address index=address,mac-address
        taken failure: already have such address
        field address*:address mac-address:mac server:@/ip/dhcp-server=all client-id address-lists rate-limit:rate-limit always-broadcast:flag block-access:flag=false use-src-mac:flag=false lease-time:span=0s insert-queue-before
        ro status=waiting dynamic:flag=false active-address active-mac-address active-server host-name expires-after last-seen=never radius:flag=false
        menu /ip/hotspot key=name
        taken failure: already have such name
        field name* interface*:@/interface address-pool=none profile=default idle-timeout:span=5m keepalive-timeout=none
        ro invalid:flag=false
        menu /ip/hotspot/user/profile key=name plain
        taken failure: already have user profile with such name
        field name* rate-limit:rate-limit shared-users=1 address-pool=none address-list session-timeout:span idle-timeout:span=none keepalive-timeout:span=2m parent-queue=none queue-type insert-queue-before status-autorefresh:span=1m transparent-proxy:flag=false
        ro default:flag=false
        menu /ip/hotspot/user key=name unique=name,server
        taken failure: already have user with this name for this server
        field name* password:secret profile:@/ip/hotspot/user/profile=default server:@/ip/hotspot=all address:address mac-address:mac limit-uptime:span limit-bytes-in:number limit-bytes-out:number limit-bytes-total:number routes email
        ro uptime:live.uptime bytes-in:live.rx bytes-out:live.tx default:flag=false dynamic:flag=false
        menu /ip/hotspot/active removable plain key=user unique= index=user
        ro server user address mac-address login-by uptime:live.uptime idle-time=0s session-time-left keepalive-timeout bytes-in:live.rx bytes-out:live.tx radius:flag=false
        menu /queue/simple key=name ordered index=name,target
        taken failure: already have such name
        field name* target:targets dst parent:@/queue/simple=none packet-marks priority=8/8 queue=default-small/default-small limit-at:rates=0/0 max-limit:rates=0/0 burst-limit:rates=0/0 burst-threshold:rates=0/0 burst-time=0s/0s bucket-size=0.1/0.1 time total-queue=default-small total-max-limit total-limit-at
        ro bytes:live.bytes total-bytes=0 packets:live.packets rate:live.rate packet-rate:live.packet-rate queued-bytes=0/0 queued-packets=0/0 dropped=0/0 invalid:flag=false dynamic:flag=false
        menu /queue/tree key=name
        taken failure: already have such name
        field name* parent* packet-mark queue=default-small priority:number=8 limit-at=0 max-limit=0 burst-limit=0 burst-threshold=0 burst-time=0s bucket-size=0.1
        ro bytes:live.rx packets:live.rx-packets rate:live.rate-down queued-bytes=0 dropped=0 invalid:flag=false
        menu /queue/type key=name plain
        taken failure: already have such name
        field name* kind*:pfifo,bfifo,mq-pfifo,red,sfq,pcq,codel,fq-codel,cake,none pfifo-limit pcq-rate pcq-limit pcq-total-limit pcq-classifier pcq-src-address-mask pcq-dst-address-mask sfq-perturb sfq-allot cake-bandwidth~7.0 cake-autorate-ingress~7.0:flag cake-diffserv~7.0 cake-flowmode~7.0 cake-nat~7.0:flag cake-wash~7.0:flag cake-ack-filter~7.0 cake-rtt~7.0 cake-rtt-scheme~7.0 cake-overhead~7.0 cake-overhead-scheme~7.0 cake-mpu~7.0 cake-atm~7.0 cake-memlimit~7.0 fq-codel-limit~7.0 fq-codel-flows~7.0 fq-codel-quantum~7.0 fq-codel-target~7.0 fq-codel-interval~7.0 fq-codel-ecn~7.0:flag
        ro default:flag=false
        menu /tool/e-mail single
        field server~7.0=0.0.0.0 address~-7.0=0.0.0.0 port:number=25 tls~7.0:no,yes,starttls=no start-tls~-7.0:no,yes,tls-only=no from=<> user password:secret
        ro last-status last-address
        menu /tool/netwatch
        field host* name~7.0 type~7.0:simple,icmp,tcp-conn,http-get,https-get,dns=simple interval:span=10s timeout up-script down-script test-script~7.0 src-address~7.0 port~7.0 packet-count~7.0 packet-interval~7.0 packet-size~7.0 thr-rtt-avg~7.0 thr-loss-percent~7.0
        ro status=up since done-tests~7.0:number=0 failed-tests~7.0:number=0 rtt-avg~7.0
        menu /radius ordered
        field service address* secret:secret authentication-port:number=1812 accounting-port:number=1813 timeout=300ms protocol~7.0:udp,radsec=udp realm called-id domain src-address accounting-backup:flag=false certificate require-message-auth~7.15=yes-for-request-resp
        menu /radius/incoming single
        field accept:flag=false port:number=3799
        menu /user-manager single since=7.0 package=user-manager
        field enabled:flag=false use-profiles:flag=false authentication-port=1812 accounting-port=1813 certificate require-message-auth=yes-access-request
        menu /user-manager/user key=name since=7.0 package=user-manager
        taken failure: user with the same name already exists
        field name* password:secret otp-secret:secret group=default shared-users=1 attributes caller-id
        menu /user-manager/profile key=name plain since=7.0 package=user-manager
        field name* name-for-users price=0 starts-when:assigned,first-auth=assigned validity=unlimited override-shared-users=off comment
        menu /user-manager/user-profile plain since=7.0 package=user-manager
        field user*:@/user-manager/user profile*:@/user-manager/profile
        ro state=running end-time=unlimited
        menu /user-manager/limitation key=name plain since=7.0 package=user-manager
        field name* rate-limit-rx rate-limit-tx rate-limit-burst-rx rate-limit-burst-tx rate-limit-priority transfer-limit download-limit upload-limit uptime-limit:span reset-counters-interval=disabled comment
        menu /user-manager/profile-limitation since=7.0 package=user-manager
        field profile*:@/user-manager/profile limitation*:@/user-manager/limitation from-time=0s till-time=23h59m59s weekdays=sunday,monday,tuesday,wednesday,thursday,friday,saturday
        menu /user-manager/router key=name since=7.0 package=user-manager
        field name* address* shared-secret:secret coa-port:number=3799
        menu /user-manager/session readonly plain since=7.0 package=user-manager
        ro user active:flag acct-session-id nas-ip-address nas-port-id calling-station-id user-address started ended uptime download upload terminate-cause status
        menu /log readonly plain
        ro time topics message
        menu /file key=name unique=name removable plain
        ro name type size:number creation-time contents
        """
}
