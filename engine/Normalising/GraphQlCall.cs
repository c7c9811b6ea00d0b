using Interven.Contracts;
using Interven.Engine.Normalising.Catalogue;
using Interven.Engine.Reading;

namespace Interven.Engine.Normalising;

/// <summary>A GraphQL call is the strictest of the fields that it asks for; the name that the caller gives it is only taken where it sends no document.</summary>
static class GraphQlCall
{
    public static Identity Read(CallView call, CompiledTool tool)
    {
        Identity? strictest = null;
        foreach (var document in Documents(call))
            foreach (var (name, mutates) in GraphQlFields.Of(document))
            {
                var one = Field(tool, name, mutates);
                if (strictest is null || one.Verb > strictest.Verb)
                    strictest = one;
            }
        return strictest ?? Persisted(call, tool);
    }

    static Identity Field(CompiledTool tool, string name, bool mutates)
    {
        if (tool.ByField(name) is { } listed)
            return Identity.Of(tool, listed);
        var operation = Snake.Of(name);
        var verb = !mutates ? Verb.Read : FunctionWords.VerbOf(operation) == Verb.Admin ? Verb.Admin : Verb.Write;
        return new(tool.Tool.Name, operation.Length == 0 ? "graphql" : operation, verb, tool.Tool.Category) { Entry = tool.Tool };
    }

    static Identity Persisted(CallView call, CompiledTool tool)
    {
        var name = call.Body.Text("operationName") ?? UrlQuery.Find(call.Url.Query, "operationName");
        return name is not null && tool.ByName(Snake.Of(name)) is { } listed ? Identity.Of(tool, listed) : Field(tool, name ?? "", mutates: call.Method != "GET");
    }

    // One document, or a batch of them.
    static List<string> Documents(CallView call)
    {
        var found = new List<string>();
        if (UrlQuery.Find(call.Url.Query, "query") is { } inUrl)
            found.Add(inUrl);
        var (body, tree) = (call.Body, call.Body.Tree);
        if (body.Root >= 0 && tree.Nodes[body.Root].Kind == JsonKind.Array)
            found.AddRange(body.Texts(["query"]));
        else if (body.Text("query") is { } one)
            found.Add(one);
        return found;
    }
}
