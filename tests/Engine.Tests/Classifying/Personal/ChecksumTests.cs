using System.Text;
using CsCheck;
using Interven.Engine.Classifying.Checksums;
using Interven.Engine.Classifying.Health;
using Interven.Engine.Classifying.Personal;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Interven.Engine.Tests.Classifying.Personal;

public class ChecksumTests
{
    sealed class Vectors
    {
        public string Check { get; set; } = "";
        public string Source { get; set; } = "";
        public List<string> Valid { get; set; } = [];
        public List<string> Invalid { get; set; } = [];
    }

    static readonly Dictionary<string, DigitCheck> Checks = new()
    {
        ["luhn"] = Luhn.IsValid,
        ["npi"] = Luhn.IsValidNpi,
        ["verhoeff"] = Verhoeff.IsValid,
        ["nhs"] = NationalChecks.Nhs,
        ["tfn"] = NationalChecks.Tfn,
        ["abn"] = NationalChecks.Abn,
        ["medicare"] = NationalChecks.Medicare,
        ["german_tax_id"] = NationalChecks.GermanTaxId,
        ["insee"] = NationalChecks.Insee,
        ["pesel"] = NationalChecks.Pesel,
        ["bsn"] = NationalChecks.Bsn,
        ["personnummer"] = NationalChecks.Personnummer,
        ["cpf"] = NationalChecks.Cpf,
        ["cnpj"] = NationalChecks.Cnpj,
        ["turkish"] = NationalChecks.Turkish,
        ["thai"] = NationalChecks.Thai,
        ["south_african"] = NationalChecks.SouthAfrican,
        ["routing"] = NationalChecks.Routing,
        ["physician"] = HealthChecks.PhysicianNumber,
        ["iban"] = Iban.IsValid,
        ["fiscal_code"] = FiscalCode.IsValid,
        ["base58"] = Base58Check.IsAddress,
        ["bech32"] = Bech32.IsAddress,
        ["eip55"] = CryptoWallet.HasChecksum,
        ["dea"] = HealthChecks.Dea,
    };

    public static TheoryData<string, string, bool> Published
    {
        get
        {
            var rows = new TheoryData<string, string, bool>();
            var yaml = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).Build();
            foreach (var row in yaml.Deserialize<List<Vectors>>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "cases", "classify", "checksums", "vectors.yaml"))))
            {
                row.Valid.ForEach(text => rows.Add(row.Check, text, true));
                row.Invalid.ForEach(text => rows.Add(row.Check, text, false));
            }
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Published))]
    public void Published_examples_pass_and_altered_ones_do_not(string check, string text, bool valid) => Assert.Equal(valid, Checks[check](text));

    [Theory]
    [InlineData("luhn", 15)]
    [InlineData("verhoeff", 11)]
    [InlineData("tfn", 8)]
    [InlineData("bsn", 8)]
    [InlineData("german_tax_id", 10)]
    [InlineData("abn", 10)]
    public void Changing_one_digit_breaks_a_valid_number(string name, int length)
    {
        var check = Checks[name];
        Gen.Select(Gen.Char['0', '9'].Array[length], Gen.Int[0, length], Gen.Int[1, 9]).Sample((digits, place, change) =>
        {
            for (var last = '0'; last <= '9'; last++)
            {
                char[] number = [.. digits, last];
                if (!check(number))
                    continue;
                number[place] = (char)('0' + (number[place] - '0' + change) % 10);
                Assert.False(check(number), new string(number));
            }
        });
    }

    [Theory]
    [InlineData("", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")]
    [InlineData("abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45")]
    public void Keccak_has_the_padding_of_before_the_standard(string message, string hash)
    {
        var bytes = new byte[32];
        Keccak256.Hash(Encoding.ASCII.GetBytes(message), bytes);
        Assert.Equal(hash, Convert.ToHexStringLower(bytes));
    }

    [Theory]
    [InlineData('A', "123456780", true)]
    [InlineData('A', "123456787", false)]
    [InlineData('M', "123456785", true)]
    public void An_insured_persons_number_counts_its_letter(char letter, string digits, bool valid) =>
        Assert.Equal(valid, HealthChecks.InsuredNumber(letter, digits));
}
