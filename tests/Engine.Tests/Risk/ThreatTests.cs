using System.Diagnostics;
using System.Text;
using CsCheck;
using Interven.Engine.Risk;

namespace Interven.Engine.Tests.Risk;

public class ThreatTests
{
    static ThreatFeed Read(ThreatFormat format, string text) => ThreatFeedReader.Read("feed", format, Encoding.UTF8.GetBytes(text));

    const string Csv = """"
        # id,dateadded,url,url_status,last_online,threat,tags,urlhaus_link,reporter
        "3000001","2026-01-02 03:04:05","http://203.0.113.9:8080/i.sh","online","2026-01-02","malware_download","elf","https://urlhaus.example/1","someone"
        "3000002","2026-01-02 03:04:05","https://shared.example/u/evil/setup.exe","offline","","malware_download","exe, ""x""","https://urlhaus.example/2","someone"
        "broken
        """";

    const string Plain = """
        ; comment
        evil.example
        *.worse.example   # with sub-domains
        0.0.0.0 hosts-file.example
        198.51.100.0/24
        2001:db8::bad
        https://phish.example/
        https://shared.example/Login?step=1#top
        not a host
        """;

    [Fact]
    public void Each_format_gives_its_entries()
    {
        var csv = Read(ThreatFormat.UrlHaus, Csv);
        Assert.Equal((0, 1, 2, 1), (csv.Hosts.Count, csv.Addresses.Count, csv.Urls.Count, csv.Skipped));
        var plain = Read(ThreatFormat.Plain, Plain);
        Assert.Equal(["evil.example", "worse.example", "hosts-file.example", "phish.example"], plain.Hosts);
        Assert.Equal((2, 2, 1), (plain.Addresses.Count, plain.Urls.Count, plain.Skipped));
        var phish = Read(ThreatFormat.OpenPhish, "https://bank-login.example/\nhttps://shared.example/a/b\n\n");
        Assert.Equal((1, 2), (phish.Hosts.Count, phish.Urls.Count));
        var kev = Read(ThreatFormat.Kev, """{"title":"x","vulnerabilities":[{"cveID":"CVE-2021-44228","product":"Log4j2"},{"cveID":7}]}""");
        Assert.Equal((1, 1), (kev.Vulnerabilities.Count, kev.Skipped));
    }

    [Theory]
    [InlineData("evil.example", true)]
    [InlineData("EVIL.example.", true)]
    [InlineData("a.b.evil.example", true)]
    [InlineData("notevil.example", false)]
    [InlineData("evil.example.org", false)]
    [InlineData("example", false)]
    [InlineData("198.51.100.255", true)]
    [InlineData("198.51.101.0", false)]
    [InlineData("::ffff:198.51.100.1", true)]
    [InlineData("[2001:db8::bad]", true)]
    [InlineData("shared.example", false)]
    [InlineData("", false)]
    public void A_host_is_listed_or_not(string host, bool listed) =>
        Assert.Equal(listed, new ThreatIndex([Read(ThreatFormat.Plain, Plain)]).FindHost(host) is not null);

    [Theory]
    [InlineData("go to http://SHARED.example/Login?step=1 now", true)]
    [InlineData("go to https://shared.example:443/Login?step=1#other.", true)]
    [InlineData("go to https://shared.example/login?step=1", false)]
    [InlineData("go to https://shared.example/Login", false)]
    [InlineData("(https://user@phish.example/any/page)", true)]
    [InlineData("mail bob@evil.example", true)]
    [InlineData("price 198.51 of 100.7", false)]
    [InlineData("server 198.51.100.7 answers", true)]
    [InlineData("...", false)]
    [InlineData("a.b.c.d://..//", false)]
    public void A_text_names_a_listed_place_or_not(string text, bool listed) =>
        Assert.Equal(listed, ThreatText.Find(text, new ThreatIndex([Read(ThreatFormat.Plain, Plain)])) is not null);

    [Theory]
    [InlineData("patch cve-2021-44228 today", true)]
    [InlineData("patch CVE-2021-44229 today", false)]
    [InlineData("CVE-", false)]
    public void A_text_names_an_exploited_vulnerability_or_not(string text, bool listed) => Assert.Equal(listed,
        ThreatText.FindVulnerability(text, new ThreatIndex([Read(ThreatFormat.Kev, """{"vulnerabilities":[{"cveID":"CVE-2021-44228"}]}""")])) is not null);

    [Fact]
    public void No_feed_and_no_text_throws() => Gen.Select(Gen.Byte.Array[0, 200], Gen.String[0, 200], Gen.Enum<ThreatFormat>()).Sample((bytes, text, format) =>
    {
        var index = new ThreatIndex([ThreatFeedReader.Read("noise", format, bytes), Read(ThreatFormat.Plain, Plain)]);
        ThreatText.Find(text, index);
        ThreatText.FindVulnerability(text, index);
        index.FindHost(text);
    });

    [Fact]
    public void A_hostile_text_costs_linear_time()
    {
        var index = new ThreatIndex([Read(ThreatFormat.Plain, Plain)]);
        var started = Stopwatch.GetTimestamp();
        foreach (var piece in new[] { ".", "a.", "://a.b", "CVE-1", "x" })
        {
            var text = string.Concat(Enumerable.Repeat(piece, 300_000));
            ThreatText.Find(text, index);
            ThreatText.FindVulnerability(text, index);
        }
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(3));
    }
}
