using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Interven.Engine.Tests.Deciding;
using Interven.Engine.Vault;
using YamlDotNet.RepresentationModel;

namespace Interven.Engine.Tests.Vault;

public class AwsSignatureTests
{
    const string File = "aws/signatures.yaml";

    public static TheoryData<string> Names => [.. CaseTable.Rows(File, "cases").Select(row => row.Text("name"))];

    [Theory, MemberData(nameof(Names))]
    public void A_published_example_gets_its_published_signature(string name)
    {
        var row = CaseTable.Rows(File, "cases").Single(one => one.Text("name") == name);
        var signed = Sign(row, null);
        Assert.EndsWith("Signature=" + row.Text("signature"), signed.Single(header => header.Key == "authorization").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Temporary_credentials_sign_their_token_too()
    {
        var signed = Sign(CaseTable.Rows(File, "cases").First(), "a-session-token");
        Assert.Contains("SignedHeaders=host;x-amz-date;x-amz-security-token", signed.Single(header => header.Key == "authorization").Value, StringComparison.Ordinal);
        Assert.Equal("a-session-token", signed.Single(header => header.Key == "x-amz-security-token").Value);
    }

    [Fact]
    public void A_path_that_is_escaped_is_escaped_once_more_but_for_s3()
    {
        var key = new AwsKey("id", "secret", null, "eu-central-1", "execute-api");
        string Of(AwsKey of, string url) => AwsSignature.Sign(of, "GET", new(url), [], "x", DateTimeOffset.UnixEpoch)[^1].Value.Split("Signature=")[1];
        Assert.NotEqual(Of(key, "https://a.example/a%20b"), Of(key, "https://a.example/a%2520b"));
        Assert.Equal(Of(key with { Service = "s3" }, "https://a.example/a$b"), Of(key with { Service = "s3" }, "https://a.example/a%24b"));
    }

    static IReadOnlyList<KeyValuePair<string, string>> Sign(YamlMappingNode row, string? token)
    {
        var own = (YamlMappingNode)CaseTable.Load(File)["keys"][row.Text("key")];
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(row.Text("body"))));
        var headers = row.Has("headers") ? ((YamlMappingNode)row["headers"]).Children.Select(one => new KeyValuePair<string, string>(((YamlScalarNode)one.Key).Value!, ((YamlScalarNode)one.Value).Value!)).ToList() : [];
        if (row.Flag("signs_body"))
            headers.Add(new("x-amz-content-sha256", hash));
        return AwsSignature.Sign(new(own.Text("id"), own.Text("secret"), token, own.Text("region"), row.Text("service")),
            row.Text("method"), new(row.Text("url")), headers, hash, DateTimeOffset.Parse(row.Text("time"), CultureInfo.InvariantCulture));
    }
}
