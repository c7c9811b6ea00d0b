using Interven.Contracts;
using Interven.Engine.Classifying.Checksums;
using Interven.Engine.Classifying.Context;

namespace Interven.Engine.Classifying.Personal;

/// <summary>Bitcoin addresses by their checksums, Ethereum addresses by the checksum in their letters' case (EIP-55).</summary>
static class CryptoWallet
{
    static readonly WordSet EthereumWords = new("wallet", "ethereum", "eth", "ether", "erc20", "erc-20", "usdt", "usdc", "crypto", "address", "payout", "metamask", "token transfer", "walletaddress");

    public static readonly IReadOnlyList<Detector> Detectors =
    [
        new("bitcoin_base58", new Trigger.Digits(1, 3), Base58),
        new("bitcoin_bech32", new Trigger.Keywords("bc1"), SegregatedWitness),
        new("ethereum", new Trigger.Keywords([.. "0123456789abcdef".Select(c => $"0x{c}")]), Ethereum),
    ];

    static void Base58(in Probe probe)
    {
        var text = probe.Text;
        if (text[probe.At] is not ('1' or '3') || !char.IsAsciiLetter(Chars.At(text, probe.At + probe.Length)) || Chars.IsWord(Chars.At(text, probe.At - 1)))
            return;
        var length = Chars.TokenLength(text, probe.At, 36);
        if (length is >= 26 and <= 35 && !IsInsideLonger(text, probe.At, length) && Base58Check.IsAddress(text.Slice(probe.At, length)))
            probe.Report(Kinds.CryptoWallet, Confidence.High, probe.At, length);
    }

    static void SegregatedWitness(in Probe probe)
    {
        var length = Chars.TokenLength(probe.Text, probe.At, 76);
        if (length >= 42 && Chars.StandsAlone(probe.Text, probe.At, length) && Bech32.IsAddress(probe.Text.Slice(probe.At, length)))
            probe.Report(Kinds.CryptoWallet, Confidence.High, probe.At, length);
    }

    static void Ethereum(in Probe probe)
    {
        var text = probe.Text;
        var at = probe.At;
        if (Chars.TokenLength(text, at, 43) != 42 || !Chars.StandsAlone(text, at, 42) || text.Slice(at + 2, 40).ContainsAnyExcept(Hex))
            return;
        var address = text.Slice(at + 2, 40);
        var mixed = address.ContainsAnyInRange('a', 'f') && address.ContainsAnyInRange('A', 'F');
        if (mixed && HasChecksum(address))
            probe.Report(Kinds.CryptoWallet, Confidence.High, at, 42);
        else if (!mixed && address.IndexOfAnyExcept('0') >= 0)
            probe.Report(Kinds.CryptoWallet, Surroundings.Mention(probe, at, 42, EthereumWords) ? Confidence.Medium : Confidence.Low, at, 42);
    }

    /// <summary>A letter is upper case where its place in the hash of the lower-case address has a nibble of eight or more.</summary>
    internal static bool HasChecksum(ReadOnlySpan<char> address)
    {
        Span<byte> lower = stackalloc byte[40];
        for (var i = 0; i < 40; i++)
            lower[i] = (byte)char.ToLowerInvariant(address[i]);
        Span<byte> hash = stackalloc byte[32];
        Keccak256.Hash(lower, hash);
        for (var i = 0; i < 40; i++)
            if (char.IsAsciiLetter(address[i]) && char.IsAsciiLetterUpper(address[i]) != (((i & 1) == 0 ? hash[i / 2] >> 4 : hash[i / 2] & 15) >= 8))
                return false;
        return true;
    }

    static bool IsInsideLonger(ReadOnlySpan<char> text, int at, int length) => !Chars.StandsAlone(text, at, length) || Chars.At(text, at + length) is '+' or '/' or '=' || Chars.At(text, at - 1) is '+';

    static readonly System.Buffers.SearchValues<char> Hex = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");
}
