# As it was the night before somebody "just tried something".
/ip firewall filter add chain=input action=accept src-address=10.0.0.0/8
/ip firewall filter add chain=input action=drop comment="todo lo demas"
/queue tree add name=bajada-WAN9 parent=global packet-mark=WAN9_down max-limit=475M queue=default-small
/ip firewall mangle set [find comment="Route-to WAN9"] disabled=no
/ppp profile set [find name=Plan20] rate-limit=10M/25M
