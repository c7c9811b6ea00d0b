using Interven.Contracts;

namespace Interven.Engine.Normalising;

/// <summary>The verb of an operation that no table lists: by method, and by the words of its name.</summary>
static class CustomVerb
{
    public static Verb Of(string name, string method, bool isWeb)
    {
        var word = FunctionWords.VerbOf(name);
        return method switch
        {
            "GET" or "HEAD" or "OPTIONS" => word is > Verb.Read && (!isWeb || FunctionWords.ActsFirst(name)) ? word.Value : Verb.Read,
            "DELETE" => FunctionWords.VerbOf($"delete_{name}") is Verb.Admin ? Verb.Admin : Verb.Write,
            "PUT" or "PATCH" => word is Verb.Admin ? Verb.Admin : Verb.Write,
            _ => word ?? Verb.Write,
        };
    }
}
