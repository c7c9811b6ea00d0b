using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Interven.Api.Tests.Running;
using Xunit.Abstractions;

namespace Interven.Api.Tests;

/// <summary>Mutated requests: whatever they hold, the product answers as a product.</summary>
public class FuzzTests(OneProduct one, ITestOutputHelper output) : IClassFixture<OneProduct>
{
    const int Bodies = 4000;

    static readonly string[] Tokens =
    [
        "{", "}", "[", "]", "\"", ":", ",", "\\", "\\u0000", "\\ud800", "null", "true", "-0", "1e400", "1E-400", "9223372036854775808", "\0", "\uFEFF",
        "\u202E", "%00", "$..", "*", "?", "[!a]", "&#x41;", "=", "--", "'", "${jndi:x}", "../", "AKIA4QHZXW2P5RTY7LMB", "4539148803436467", "\u200B", "\uFF11",
    ];

    [Fact]
    public async Task No_mutated_body_meets_a_fault() => await Send(Bodies, TimeSpan.MaxValue);

    /// <summary>The same in earnest: R7. Minutes, and a machine for itself, since it looks at times.</summary>
    [Fact, Trait("Category", "Slow")]
    public async Task Of_two_hundred_thousand_mutated_bodies_none_meets_a_fault_or_waits_a_second()
    {
        var bodies = Environment.GetEnvironmentVariable("INTERVEN_FUZZ_BODIES") is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : 200_000;
        var (statuses, longest) = await Send(bodies, TimeSpan.FromSeconds(1));
        output.WriteLine($"{bodies:N0} bodies: {string.Join(", ", statuses.OrderBy(one => one.Key).Select(one => $"{one.Value:N0} of {one.Key}"))}; longest answer {longest.TotalMilliseconds:N0} ms");
    }

    async Task<(IReadOnlyDictionary<int, int> Statuses, TimeSpan Longest)> Send(int bodies, TimeSpan most)
    {
        var seed = Environment.GetEnvironmentVariable("INTERVEN_FUZZ_SEED") is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : Environment.TickCount;
        var chance = new Random(seed);
        var document = await ApiDocument.Of(one.Product);
        var place = await Place.Of(one.Product, document);
        var operations = document.WithBody.ToList();
        var statuses = new ConcurrentDictionary<int, int>();
        var longest = TimeSpan.Zero;
        var guard = new Lock();
        await Parallel.ForEachAsync(Requests(), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (request, _) =>
        {
            var began = Stopwatch.GetTimestamp();
            var answer = await place.CallerOf(request.Operation).Send(request.Operation.Method, place.PathOf(request.Operation), request.Body);
            var took = Stopwatch.GetElapsedTime(began);
            statuses.AddOrUpdate(answer.Status, 1, static (_, count) => count + 1);
            lock (guard)
                longest = took > longest ? took : longest;
            var isFault = answer.Status >= 500 || answer.Text.Contains("ENGINE_UNAVAILABLE", StringComparison.Ordinal);
            Assert.False(isFault || took > most, $"INTERVEN_FUZZ_SEED={seed}: {request.Operation.Name} with {Convert.ToBase64String(request.Body)}: {answer.Status} after {took} {answer.Text}\n{one.Product.Output}");
        });
        return (statuses, longest);

        IEnumerable<(ApiDocument.Operation Operation, byte[] Body)> Requests()
        {
            for (var number = 0; number < bodies; number++)
            {
                var operation = operations[chance.Next(operations.Count)];
                var example = place.ExampleOf(operation);
                yield return (operation, chance.Next(2) == 0 ? Mutated(Encoding.UTF8.GetBytes(example), chance) : OtherValues(example, chance));
            }
        }
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
