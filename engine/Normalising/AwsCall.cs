using Interven.Contracts;
using Interven.Engine.Normalising.Catalogue;

namespace Interven.Engine.Normalising;

/// <summary>
/// A call to an AWS service: the action of the query protocol (<c>Action=</c>) or of the JSON protocols (<c>X-Amz-Target</c>), else method and path.
/// Operations are called <c>{service}_{action}</c>.
/// </summary>
static class AwsCall
{
    /// <summary>Null for hosts that are a customer's own.</summary>
    public static Identity? Read(CallView call, CompiledTool aws)
    {
        if (AwsEndpoint.Of(call.Url.Host, aws.Tool.Services) is not { } endpoint)
            return null;
        var service = aws.Tool.Services[endpoint.Service];
        var identity = ByAction(call, aws, endpoint.Service, service) ?? ByRoute(call, aws, endpoint) ?? Unlisted(call, aws, endpoint, service);
        return identity with { Aws = endpoint, UrlIsKnown = true };
    }

    /// <summary>An action that need not be listed.</summary>
    public static NamedOperation Named(CompiledTool aws, string name)
    {
        if (aws.ByName(name) is { } listed)
            return NamedOperation.Of(listed);
        var cut = name.IndexOf('_', StringComparison.Ordinal);
        var service = cut < 0 ? null : aws.Tool.Services.GetValueOrDefault(name[..cut]);
        var verb = FunctionWords.VerbOf(cut < 0 ? name : name.AsSpan(cut + 1));
        return new(name, verb == Verb.Read ? Verb.Read : Stricter(service?.Writes, verb), service?.Category ?? aws.Tool.Category);
    }

    // Where several actions are named, in the URL, in the body or twice, the strictest counts and rules are asked for another one too: whether a service
    // takes the first or the last is its own affair.
    static Identity? ByAction(CallView call, CompiledTool aws, string host, CloudService service)
    {
        Identity? strictest = null;
        Identity? other = null;
        foreach (var action in (ReadOnlySpan<string?>)[Target(call.Input), UrlQuery.Find(call.Url.Query, "Action"), UrlQuery.FindLast(call.Url.Query, "Action"),
            ActionInBody(call), call.Method == "GET" ? null : UrlQuery.FindLast(call.Body.Form, "Action")])
        {
            if (action is null || Snake.Of(action) is not { Length: > 0 } snake)
                continue;
            var name = $"{Snake.Of(host)}_{snake}";
            var verb = FunctionWords.VerbOf(snake);
            var one = aws.ByName(name) is { } listed ? Identity.Of(aws, listed)
                : new Identity(aws.Tool.Name, name, verb == Verb.Read ? Verb.Read : Stricter(service.Writes, verb), service.Category) { Entry = aws.Tool };
            if (one.Operation == strictest?.Operation || one.Operation == other?.Operation)
                continue;
            if (strictest is null || one.Verb > strictest.Verb)
                (strictest, other) = (one, strictest);
            else if (other is null || one.Verb > other.Verb)
                other = one;
        }
        return other is null ? strictest : strictest! with { GivenOperation = other.Operation };
    }

    static Identity? ByRoute(CallView call, CompiledTool aws, AwsEndpoint endpoint)
    {
        var bucket = endpoint.Bucket is null ? "" : $"/{endpoint.Bucket}";
        var path = PathSegments.Of($"/{endpoint.Service}{bucket}{call.Url.Path}", new Range[PathSegments.Most]);
        return aws.Routes.Find(call.Method, path, call.Url.Query) is { } route ? KnownCall.Routed(aws, route, path) : null;
    }

    static Identity Unlisted(CallView call, CompiledTool aws, AwsEndpoint endpoint, CloudService service)
    {
        var resource = PathName.Last(call.Path);
        var name = $"{Snake.Of(endpoint.Service)}_{Methods.Word(call.Method)}{(resource is null ? "" : "_")}{resource}";
        var verb = Methods.VerbOf(call.Method);
        return new(aws.Tool.Name, name, verb == Verb.Read ? verb : service.Writes, service.Category) { Entry = aws.Tool };
    }

    // AmazonDynamoDB_20120810.PutItem
    static string? Target(in CallInput input) => Methods.Header(input, "X-Amz-Target") is { } target ? target[(target.LastIndexOf('.') + 1)..] : null;

    static string? ActionInBody(CallView call) => call.Method == "GET" ? null : call.Body.Text("Action");

    static Verb Stricter(Verb? one, Verb? other) => (Verb)Math.Max((int)(one ?? Verb.Write), (int)(other ?? Verb.Write));
}
