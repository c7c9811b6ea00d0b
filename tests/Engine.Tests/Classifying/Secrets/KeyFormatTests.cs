using CsCheck;
using Interven.Contracts;

namespace Interven.Engine.Tests.Classifying.Secrets;

public class KeyFormatTests
{
    static readonly Gen<char> Base62 = Gen.Char["0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"];

    [Fact]
    public void A_composed_key_parses_into_its_parts() =>
        Gen.Select(Gen.Enum<KeyKind>(), Gen.String[Base62, 8, 8], Gen.String[Base62, 32, 32]).Sample((kind, id, secret) =>
        {
            var key = KeyFormat.Compose(kind, id, secret);
            Assert.True(KeyFormat.TryParse(key, out var parts));
            Assert.Equal((kind, id), (parts.Kind, parts.Id));
            Assert.Equal(KeyFormat.PrefixOf(kind) + id, parts.DisplayPrefix);
            Assert.DoesNotContain(secret, parts.DisplayPrefix, StringComparison.Ordinal);
        });

    [Fact]
    public void A_key_with_one_character_changed_is_refused() =>
        Gen.Select(Gen.String[Base62, 8, 8], Gen.String[Base62, 32, 32], Gen.Int[8, 53], Base62).Sample((id, secret, at, other) =>
        {
            var key = KeyFormat.Compose(KeyKind.Live, id, secret).ToCharArray();
            if (key[at] == other)
                return;
            key[at] = other;
            Assert.False(KeyFormat.TryParse(key, out _));
        });

    [Theory]
    [InlineData("")]
    [InlineData("iv_live_")]
    [InlineData("iv_test_0000000000000000000000000000000000000000000000")]
    public void What_is_no_key_is_refused(string text) => Assert.False(KeyFormat.TryParse(text, out _));

    [Fact]
    public void The_checksum_is_the_crc_of_the_standard_in_base62()
    {
        // "123456789" has the check value CBF43926 in every catalogue of CRCs.
        Assert.Equal(0xCBF43926u, Crc32Base62.Crc("123456789"));
        Assert.Equal("00000z", Written(61));
        Assert.Equal("000010", Written(62));

        static string Written(uint crc)
        {
            Span<char> text = stackalloc char[6];
            Crc32Base62.Write(crc, text);
            return new(text);
        }
    }
}
