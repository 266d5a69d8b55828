# What the invented company's router has besides its customers: three lines that are live, one that is dead, one whose
# provider moved it, and fifteen faults, one for each rule of the auditor.
/ip firewall nat remove [find out-interface=ether1]
/ip route remove [find gateway=192.0.2.1]
/interface ethernet add name=WAN1 comment="Fibra 300M"
/interface ethernet add name=WAN2 comment="Fibra 300M"
/interface ethernet add name=WAN3 comment="Microondas 50M" disabled=yes
/interface ethernet add name=WAN7 comment="Cable 100M"
/interface ethernet add name=WAN9 comment="Fibra 500M"
/interface ethernet add name=LAN2
/interface list add name=WAN
/interface list member add list=WAN interface=WAN1
/interface list member add list=WAN interface=WAN2
/interface list member add list=WAN interface=WAN9
/ip address add address=100.64.1.2/24 interface=WAN1
/ip address add address=100.64.2.2/24 interface=WAN2
/ip address add address=203.0.113.2/24 interface=WAN7
/ip address add address=100.64.9.2/24 interface=WAN9
# AUD-11
/ip address add address=172.168.10.1/24 interface=LAN2
/ip arp add address=100.64.2.1 mac-address=48:A9:8A:00:02:01 interface=WAN2
/routing table add name=to_WAN1 fib=yes
/routing table add name=to_WAN2 fib=yes
/routing table add name=to_WAN9 fib=yes
# AUD-04
/ip route add dst-address=0.0.0.0/0 gateway=100.64.1.1 routing-table=to_WAN1 disabled=yes
/ip route add dst-address=0.0.0.0/0 gateway=100.64.2.1 routing-table=to_WAN2 disabled=yes
/ip route add dst-address=0.0.0.0/0 gateway=100.64.9.1 routing-table=to_WAN9 disabled=yes
/ip route add dst-address=0.0.0.0/0 gateway=100.64.1.1 distance=1
/ip route add dst-address=0.0.0.0/0 gateway=100.64.2.1 distance=2
/ip route add dst-address=0.0.0.0/0 gateway=100.64.9.1 distance=3
# AUD-05
/ip route add dst-address=0.0.0.0/0 gateway=198.51.100.1 distance=7 comment=WAN7
# AUD-09
/ip route add dst-address=10.99.0.0/16 gateway=10.20.0.99 inactive=yes active=no comment="torre vieja"
/ip firewall mangle add chain=prerouting action=mark-connection in-interface=WAN1 connection-mark=no-mark new-connection-mark=WAN1_c
/ip firewall mangle add chain=prerouting action=mark-connection in-interface=WAN2 connection-mark=no-mark new-connection-mark=WAN2_c
/ip firewall mangle add chain=prerouting action=mark-connection in-interface=WAN9 connection-mark=no-mark new-connection-mark=WAN9_c
# AUD-10
/ip firewall mangle add chain=prerouting action=mark-connection in-interface=ether2 connection-mark=no-mark dst-address-type=!local per-connection-classifier=src-address:2/0 new-connection-mark=WAN1_c
/ip firewall mangle add chain=prerouting action=mark-connection in-interface=ether2 connection-mark=no-mark dst-address-type=!local per-connection-classifier=src-address:2/1 new-connection-mark=WAN2_c
/ip firewall mangle add chain=prerouting action=mark-routing in-interface=ether2 connection-mark=WAN1_c new-routing-mark=to_WAN1 passthrough=no
/ip firewall mangle add chain=prerouting action=mark-routing in-interface=ether2 connection-mark=WAN2_c new-routing-mark=to_WAN2 passthrough=no
# AUD-07
/ip firewall mangle add chain=prerouting action=mark-routing in-interface=ether2 connection-mark=WAN9_c new-routing-mark=to_WAN9 passthrough=no disabled=yes comment="Route-to WAN9"
/ip firewall mangle add chain=forward action=mark-packet connection-mark=WAN1_c new-packet-mark=WAN1_down passthrough=no
/ip firewall mangle add chain=forward action=mark-packet connection-mark=WAN2_c new-packet-mark=WAN2_down passthrough=no
/ip firewall mangle add chain=forward action=mark-packet connection-mark=WAN9_c new-packet-mark=WAN9_down passthrough=no
# AUD-08: nothing for WAN9
/queue tree add name=bajada-WAN1 parent=global packet-mark=WAN1_down max-limit=285M queue=default-small
/queue tree add name=bajada-WAN2 parent=global packet-mark=WAN2_down max-limit=285M queue=default-small
# AUD-12: WAN3 is off
/ip firewall nat add chain=srcnat action=masquerade out-interface=WAN3
/ip firewall nat add chain=srcnat action=masquerade out-interface-list=WAN
# AUD-02: nothing is dropped at the end
/ip firewall filter add chain=input action=accept connection-state=established,related
/ip firewall filter add chain=input action=accept protocol=icmp
# AUD-06
/tool netwatch add host=100.64.2.1 interval=10s up-script="/log info WAN2" down-script=cambio-wan2 status=down
# AUD-03
/system script add name=cambio-wan2 policy=ftp,reboot,read,write,policy,test,password,sniff,sensitive source="/ip route set [find gateway=100.64.2.1] distance=20"
# AUD-01
/ppp profile set [find name=Morosos] on-up="/ip firewall address-list add list=morosos address=\$\"remote-address\" comment=[/ppp active get [find name=\$user] profile]"
# AUD-13
/ip pool add name=empresas ranges=10.24.0.2-10.24.0.11
/ip pool used add pool=empresas address=10.24.0.2
/ip pool used add pool=empresas address=10.24.0.3
/ip pool used add pool=empresas address=10.24.0.4
/ip pool used add pool=empresas address=10.24.0.5
/ip pool used add pool=empresas address=10.24.0.6
/ip pool used add pool=empresas address=10.24.0.7
/ip pool used add pool=empresas address=10.24.0.8
/ip pool used add pool=empresas address=10.24.0.9
/ip pool used add pool=empresas address=10.24.0.10
# AUD-14
/system script add name=respaldo policy=read,write,test dont-require-permissions=yes source="/export file=respaldo\r\n/tool e-mail send to=redes@example.com subject=backup file=respaldo.rsc"
/system scheduler add name=respaldo-diario interval=1d on-event=respaldo policy=read,write,test
# AUD-15: in since before they were cut
/ppp secret add name=vecino-norte profile=Morosos service=pppoe
/ppp secret add name=vecino-sur profile=Morosos service=pppoe
/ppp active add name=vecino-norte service=pppoe address=10.23.200.1 caller-id=02:00:00:AA:00:01
/ppp active add name=vecino-sur service=pppoe address=10.23.200.2 caller-id=02:00:00:AA:00:02
