using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Interven.Api.Tests.Running;

namespace Interven.Api.Tests;

/// <summary>Mutated requests: whatever they hold, the product answers as a product.</summary>
public class FuzzTests(OneProduct one) : IClassFixture<OneProduct>
{
    const int Bodies = 4000;

    static readonly string[] Tokens =
    [
        "{", "}", "[", "]", "\"", ":", ",", "\\", "\\u0000", "\\ud800", "null", "true", "-0", "1e400", "1E-400", "9223372036854775808", "\0", "\uFEFF",
        "\u202E", "%00", "$..", "*", "?", "[!a]", "&#x41;", "=", "--", "'", "${jndi:x}", "../", "AKIA4QHZXW2P5RTY7LMB", "4539148803436467", "\u200B", "\uFF11",
    ];

    [Fact]
    public async Task No_mutated_body_meets_a_fault()
    {
        var seed = Environment.GetEnvironmentVariable("INTERVEN_FUZZ_SEED") is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : Environment.TickCount;
        var chance = new Random(seed);
        var document = await ApiDocument.Of(one.Product);
        var place = await Place.Of(one.Product, document);
        var operations = document.WithBody.ToList();
        var requests = Enumerable.Range(0, Bodies).Select(number =>
        {
            var operation = operations[chance.Next(operations.Count)];
            var example = place.ExampleOf(operation);
            return (operation, body: chance.Next(2) == 0 ? Mutated(Encoding.UTF8.GetBytes(example), chance) : OtherValues(example, chance));
        }).ToList();
        await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (request, _) =>
        {
            var answer = await place.CallerOf(request.operation).Send(request.operation.Method, place.PathOf(request.operation), request.body);
            var isFault = answer.Status >= 500 || answer.Text.Contains("ENGINE_UNAVAILABLE", StringComparison.Ordinal);
            Assert.False(isFault, $"INTERVEN_FUZZ_SEED={seed}: {request.operation.Name} with {Convert.ToBase64String(request.body)}: {answer.Status} {answer.Text}\n{one.Product.Output}");
        });
    }

    static readonly string[] Values =
    [
        "null", "true", "\"\"", "\" \"", "\"\\u0000\"", "\"a\\u0000b\"", "0", "-1", "1e308", "2147483648", "9223372036854775808", "0.1", "[]", "{}", "[null]", "[[]]",
        "{\"\":null}", "{\"path\":\"$..[*].a\",\"value\":\"14,500.00\"}", "\"SLACK\"", "\"*\"", "\"[a\"", "\"$[\"", "\"(a+)+$\"", "\"ALLOW\"", "\"production\"",
        "\"::1/128\"", "\"0.0.0.0/0\"", "\"tool://x/y\"", "\"https://[::1\"", "\"https://xn--/\"", "\"\\ud83d\\udca9\"", "[\"READ\",\"READ\"]", "\"01912f4e-7c1e-7a55-b0a4-0d6a3d1f9c11\"",
    ];

    /// <summary>Sound JSON, with one to three values or names in it that nobody expects there.</summary>
    static byte[] OtherValues(string example, Random chance)
    {
        var root = JsonNode.Parse(example)!;
        for (var left = 1 + chance.Next(3); left > 0; left--)
        {
            var places = new List<JsonNode>();
            Collect(root, places);
            var place = places[chance.Next(places.Count)];
            var value = chance.Next(20) == 0 ? JsonValue.Create(new string('a', chance.Next(5000))) : JsonNode.Parse(Values[chance.Next(Values.Length)]);
            if (place is JsonArray array)
                array.Insert(chance.Next(array.Count + 1), value);
            else if (place is JsonObject { Count: > 0 } members && chance.Next(6) > 0)
                members[members.ElementAt(chance.Next(members.Count)).Key] = value;
            else
                place.AsObject()[Tokens[chance.Next(Tokens.Length)]] = value;
        }
        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }

    static void Collect(JsonNode? node, List<JsonNode> into)
    {
        if (node is not (JsonObject or JsonArray))
            return;
        into.Add(node);
        foreach (var child in node is JsonObject members ? members.Select(member => member.Value) : node.AsArray())
            Collect(child, into);
    }

    static byte[] Mutated(byte[] body, Random chance)
    {
        var bytes = body.ToList();
        for (var left = 1 + chance.Next(4); left > 0; left--)
        {
            var at = chance.Next(bytes.Count + 1);
            switch (chance.Next(6))
            {
                case 0 when at < bytes.Count:
                    bytes[at] ^= (byte)(1 << chance.Next(8));
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(chance.Next(12), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Tokens[chance.Next(Tokens.Length)]));
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(chance.Next(40), bytes.Count - at)));
                    break;
                case 4:
                    bytes.Insert(at, (byte)chance.Next(256));
                    break;
                default:
                    bytes.InsertRange(at, Enumerable.Repeat(Encoding.UTF8.GetBytes(Tokens[chance.Next(Tokens.Length)]), chance.Next(200)).SelectMany(token => token));
                    break;
            }
        }
        return [.. bytes];
    }
}
