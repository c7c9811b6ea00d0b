using Interven.Contracts;
using YamlDotNet.RepresentationModel;

namespace Interven.Engine.Normalising.Catalogue;

/// <summary>A YAML mapping of the catalogue, read strictly.</summary>
sealed class CatalogueNode(string where, YamlMappingNode node)
{
    public string Where => where;

    public void Allow(params ReadOnlySpan<string> keys)
    {
        foreach (var key in node.Children.Keys)
            if (!keys.Contains(Scalar(key)))
                throw new InvalidDataException($"{where}: unknown key `{Scalar(key)}`.");
    }

    public string Text(string key) => OptionalText(key) ?? throw new InvalidDataException($"{where}: `{key}` is missing.");

    public string? OptionalText(string key) => Find(key) is { } value ? Scalar(value) : null;

    public Verb? Verb(string key) => OptionalText(key) switch
    {
        null => null,
        var word => Words.TryParseVerb(word, out var verb) ? verb : throw new InvalidDataException($"{where}: `{word}` is no verb."),
    };

    /// <summary>A list, or one text for a list of one.</summary>
    public IReadOnlyList<string> List(string key) => Find(key) switch
    {
        null => [],
        YamlSequenceNode many => [.. many.Children.Select(Scalar)],
        var one => [Scalar(one)],
    };

    public IEnumerable<(string Key, YamlNode Value)> Map(string key) =>
        Find(key) is YamlMappingNode map ? map.Children.Select(child => (Scalar(child.Key), child.Value)) : [];

    public IReadOnlyList<AttributeRule> Attributes(string key) =>
        [.. Map(key).SelectMany(entry => Texts(entry.Value).Select(text =>
            AttributeRule.Parse(entry.Key, text) ?? throw new InvalidDataException($"{where}: `{entry.Key}: {text}` is no attribute.")))];

    YamlNode? Find(string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;

    static IEnumerable<string> Texts(YamlNode value) => value is YamlSequenceNode many ? many.Children.Select(Scalar) : [Scalar(value)];

    static string Scalar(YamlNode value) =>
        (value as YamlScalarNode)?.Value ?? throw new InvalidDataException($"A text was expected at line {value.Start.Line}.");
}
