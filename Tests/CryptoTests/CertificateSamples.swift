/// Made once with the openssl command; the keys guard nothing.
enum CertificateSamples {
    static let server = Array(
        """
        -----BEGIN CERTIFICATE-----
        MIIBsTCCAVegAwIBAgICEAAwCgYIKoZIzj0EAwIwGTEXMBUGA1UEAwwOVGVzdCBh
        dXRob3JpdHkwIBcNMjYwMTAxMDAwMDAwWhgPMjA5OTEyMzEyMzU5NTlaMBoxGDAW
        BgNVBAMMD2lnbm9yZWQuZXhhbXBsZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IA
        BCUqPxT7m9R9YGmN/R1w5MXEUw7Cit6642ULAbjtEcMJADB2wWweL24PtKZ1fi+t
        YIR7sMnSnJjdc3uv+5iW49ajgYswgYgwRgYDVR0RBD8wPYITUGFuZWwuTm9ydGUu
        ZXhhbXBsZYIPKi5ub3J0ZS5leGFtcGxlhwR/AAABgQ9hQG5vcnRlLmV4YW1wbGUw
        HQYDVR0OBBYEFIWkkpCOX+Dc7A4BUBq3wcNwWHXtMB8GA1UdIwQYMBaAFJKkYTDu
        Xwq7vhDvgeTBwedI6nDyMAoGCCqGSM49BAMCA0gAMEUCIQDTGKEkRTKDhGt6UTMP
        5hs0ow4N4643/wIh5vs+yzyjJgIgR7iaPzWWhjCUvHab7/a8QtwE/7Q+6/6Gmrcq
        PE9Os+A=
        -----END CERTIFICATE-----

        """.utf8)

    static let authority = Array(
        """
        -----BEGIN CERTIFICATE-----
        MIIBiTCCAS+gAwIBAgIUW/X0EvfB28ALI1uXMEDKpJ4jN74wCgYIKoZIzj0EAwIw
        GTEXMBUGA1UEAwwOVGVzdCBhdXRob3JpdHkwIBcNMjYxMTIwMjMyNzEyWhgPMjEy
        NjEwMjcyMzI3MTJaMBkxFzAVBgNVBAMMDlRlc3QgYXV0aG9yaXR5MFkwEwYHKoZI
        zj0CAQYIKoZIzj0DAQcDQgAEZDPP7of4StRhCx+iL/xdp69Yi5SJXv0NbtIVRQrK
        WEFQdHb88+HI4/G1BN8zq6WyXHMEE7w9cbXLLFF4SeWfEqNTMFEwHQYDVR0OBBYE
        FJKkYTDuXwq7vhDvgeTBwedI6nDyMB8GA1UdIwQYMBaAFJKkYTDuXwq7vhDvgeTB
        wedI6nDyMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhAKTjRJSQ
        PpYEVYT/CsHeTSz8NeJPtZmGxdC9tAdb0PbfAiBsnNI9g5h2gttuhmf+6tjoJeTY
        GT4MpJ3SUoRXPUd8Cw==
        -----END CERTIFICATE-----

        """.utf8)

    static let serverKey = Array(
        """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgY6SCILPISWT5VI40
        P7x+JPbG6wlbY6WHQVVvmTbEnCihRANCAAQlKj8U+5vUfWBpjf0dcOTFxFMOwore
        uuNlCwG47RHDCQAwdsFsHi9uD7SmdX4vrWCEe7DJ0pyY3XN7r/uYluPW
        -----END PRIVATE KEY-----

        """.utf8)

    static let authorityKey = Array(
        """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgKPH1TW/nNyY77Lan
        dlio/xV3h++qNJpvE9FK3YA6vZGhRANCAARkM8/uh/hK1GELH6Iv/F2nr1iLlIle
        /Q1u0hVFCspYQVB0dvzz4cjj8bUE3zOrpbJccwQTvD1xtcssUXhJ5Z8S
        -----END PRIVATE KEY-----

        """.utf8)

    static let otherKey = Array(
        """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQglshpnEjGLeekpait
        wxpDfHKN6w3RxXW4j6jXBZGHD/2hRANCAAQ6i/OO1lk+taQyPv7m68210kJ4Yjfe
        vPB8JX3tUewxuy9PygLWzKPYOrD+WLyNo8G4NLCyGMLEXy2muiVCh+fg
        -----END PRIVATE KEY-----

        """.utf8)

    static let protectedKey = Array(
        """
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAilg8eWTLIBYgICCAAw
        DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEFrMu+kWKlPdMLgZOTn0Wm0EgZB5
        vNRuBKiYvanAYpuvXk9x76l5AZPhTjw0m2rDHzoRKAq3jAi55o1KT32R4mlvUAuk
        1mdbusdMCc27n8FTUc5rn+O3+v9qq0EzSDzJXUQkPAWs/Nmccort2A23zMok7BiV
        pb7oKrIDHO+iC+gKJUWrdWfCdmT3iP+OrqDdNWoqW1ZT85uw7fzry+GIxsi9sVM=
        -----END ENCRYPTED PRIVATE KEY-----

        """.utf8)
}
