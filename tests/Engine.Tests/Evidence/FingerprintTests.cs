using Interven.Engine.Evidence;

namespace Interven.Engine.Tests.Evidence;

public class FingerprintTests
{
    static readonly FingerprintKey Key = new(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());

    // First and second vector of the reference implementation: key 00..0f, messages of 0 and 1 byte.
    [Fact]
    public void SipHash_gives_the_reference_values()
    {
        var hash = new SipHash(0x0706050403020100, 0x0f0e0d0c0b0a0908);
        Assert.Equal(0x726fdb47dd0e0e31UL, hash.Of([]));
        Assert.Equal(0x74f839c593dc67fdUL, hash.Of([0]));
        Assert.Equal(0xa129ca6149be45e5UL, hash.Of([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]));
    }

    [Theory]
    [InlineData("4111 1111 1111 1111", "4111-1111-1111-1111", true)]
    [InlineData("Jane.Doe@example.com", "jane.doe@example.com", true)]
    [InlineData("a.b@example.com", "ab@example.com", false)]
    [InlineData("4111 1111 1111 1111", "4111 1111 1111 1112", false)]
    [InlineData("---", "===", false)]
    public void Punctuation_is_no_difference_between_values(string one, string other, bool same) =>
        Assert.Equal(same, Key.OfValue(one) == Key.OfValue(other));

    [Fact]
    public void Another_tenants_key_gives_other_fingerprints()
    {
        var other = new FingerprintKey(new byte[32]);
        Assert.NotEqual(Key.OfValue("jane@example.com"), other.OfValue("jane@example.com"));
        Assert.NotEqual(Key.OfLabel("example.com"), other.OfLabel("example.com"));
        Assert.NotEqual(Key.OfBody("{}"u8), other.OfBody("{}"u8));
    }

    [Fact]
    public void A_key_of_another_length_is_refused() => Assert.Throws<ArgumentException>(() => new FingerprintKey(new byte[31]));
}
