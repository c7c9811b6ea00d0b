using System.Text;
using Interven.Grains.People;

namespace Interven.Grains.Tests.People;

public class TotpTests
{
    static readonly byte[] Secret = "12345678901234567890"u8.ToArray();

    /// <summary>Appendix B of RFC 6238, SHA-1, the last six of its eight digits.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_RFC(long seconds, string code)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(seconds);
        Assert.Equal(code, Totp.Code(Secret, Totp.StepAt(now)));
        Assert.Equal(Totp.StepAt(now), Totp.Match(Secret, code, now, 0));
        // Half a minute early or late is taken, more is not; what was used is not taken again.
        Assert.NotNull(Totp.Match(Secret, code, now.AddSeconds(30), 0));
        Assert.NotNull(Totp.Match(Secret, code, now.AddSeconds(-30), 0));
        Assert.Null(Totp.Match(Secret, code, now.AddSeconds(60), 0));
        Assert.Null(Totp.Match(Secret, code, now, Totp.StepAt(now)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("28708")]
    [InlineData("2870820")]
    [InlineData("２８７０８２")]
    [InlineData("28708x")]
    public void What_is_no_code_is_none(string code) => Assert.Null(Totp.Match(Secret, code, DateTimeOffset.FromUnixTimeSeconds(59), 0));

    /// <summary>RFC 4648, without padding.</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Secrets_are_written_in_base_32(string secret, string text) => Assert.Equal(text, Totp.Text(Encoding.ASCII.GetBytes(secret)));

    [Fact]
    public void Failures_lock_for_longer_and_longer_but_never_for_good() =>
        Assert.Equal([0, 0, 0, 0, 1, 2, 4, 8, 15, 15, 15], Enumerable.Range(1, 11).Select(failures => Lockout.After(failures).TotalMinutes));

    [Theory]
    [InlineData("short", false)]
    [InlineData("aaaaaaaaaaaaaaaa", false)]
    [InlineData("petra is my name", false)]
    [InlineData("twelve chars", true)]
    [InlineData("пароль из слов", true)]
    public void A_password_is_long_and_not_the_address(string password, bool isGood) =>
        Assert.Equal(isGood, Passwords.Problem(password, "petra@acme.example", "$.new") is null);
}
