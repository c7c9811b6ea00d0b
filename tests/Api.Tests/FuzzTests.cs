using System.Globalization;
using System.Text;
using Interven.Api.Tests.Running;

namespace Interven.Api.Tests;

/// <summary>Mutated requests: whatever they hold, the product answers as a product.</summary>
[Collection(UsesProduct.Name)]
public class FuzzTests(OneProduct one)
{
    const int Bodies = 3000;

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
            return (operation, body: Mutated(Encoding.UTF8.GetBytes(place.ExampleOf(operation)), chance));
        }).ToList();
        await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (request, _) =>
        {
            var answer = await place.CallerOf(request.operation).Send(request.operation.Method, place.PathOf(request.operation), request.body);
            var isFault = answer.Status >= 500 || answer.Text.Contains("ENGINE_UNAVAILABLE", StringComparison.Ordinal);
            Assert.False(isFault, $"INTERVEN_FUZZ_SEED={seed}: {request.operation.Name} with {Convert.ToBase64String(request.body)}: {answer.Status} {answer.Text}\n{one.Product.Output}");
        });
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
