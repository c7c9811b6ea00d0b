using System.Text.RegularExpressions;
using Interven.Engine.Reading;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Interven.Engine.Policies.Documents;

/// <summary>
/// Reads a policy document that is written in YAML, as the JSON that it means: plain scalars by the core schema of YAML 1.2 (<c>yes</c> and
/// <c>09:30</c> are texts), one document, no anchors, aliases, merge keys or tags.
/// </summary>
static partial class YamlPolicy
{
    public static DocumentValue? Read(string text, List<PolicyProblem> problems)
    {
        try
        {
            var parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _))
            {
                problems.Add(new("$", "The document is empty."));
                return null;
            }
            parser.Consume<DocumentStart>();
            var root = Value(parser, "$", 0, problems);
            parser.Consume<DocumentEnd>();
            if (!parser.Accept<StreamEnd>(out _))
                problems.Add(new("$", "The text holds more than one document; send one policy at a time."));
            return root;
        }
        catch (YamlException e)
        {
            problems.Add(new("$", "This is not YAML from here on.", (int)e.Start.Line, (int)e.Start.Column));
            return null;
        }
        catch (StopReadingException)
        {
            return null;
        }
    }

    static DocumentValue Value(Parser parser, string path, int depth, List<PolicyProblem> problems)
    {
        var here = parser.Consume<ParsingEvent>();
        var (line, column) = ((int)here.Start.Line, (int)here.Start.Column);
        Refuse(here, depth, path, problems);
        switch (here)
        {
            case Scalar scalar:
                return Resolve(scalar, line, column);
            case SequenceStart:
                var list = new DocumentValue(DocumentKind.List, line, column);
                while (!parser.Accept<SequenceEnd>(out _))
                    list.Items.Add(Value(parser, $"{path}[{list.Items.Count}]", depth + 1, problems));
                parser.MoveNext();
                return list;
            default:
                var map = new DocumentValue(DocumentKind.Object, line, column);
                var seen = new HashSet<string>(StringComparer.Ordinal);
                while (!parser.Accept<MappingEnd>(out _))
                    Member(parser, map, seen, path, depth, problems);
                parser.MoveNext();
                return map;
        }
    }

    static void Member(Parser parser, DocumentValue map, HashSet<string> seen, string path, int depth, List<PolicyProblem> problems)
    {
        var here = parser.Consume<ParsingEvent>();
        Refuse(here, depth, path, problems);
        if (here is not Scalar key)
            throw Stop(here, path, "A key must be a text.", problems);
        if (!seen.Add(key.Value))
            problems.Add(new(PathText.Member(path, key.Value), "The key stands here twice.", (int)here.Start.Line, (int)here.Start.Column));
        map.Members.Add(new(key.Value, Value(parser, PathText.Member(path, key.Value), depth + 1, problems)));
    }

    static void Refuse(ParsingEvent here, int depth, string path, List<PolicyProblem> problems)
    {
        if (depth > JsonTreeReader.MaxDepth)
            throw Stop(here, path, $"The document is nested deeper than {JsonTreeReader.MaxDepth} levels.", problems);
        if (here is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
            throw Stop(here, path, "Anchors and aliases are not taken; write the value out.", problems);
        if (here is NodeEvent { Tag.IsEmpty: false })
            throw Stop(here, path, "Tags are not taken; put quotes around what should be a text.", problems);
    }

    static StopReadingException Stop(ParsingEvent here, string path, string message, List<PolicyProblem> problems)
    {
        problems.Add(new(path, message, (int)here.Start.Line, (int)here.Start.Column));
        return new StopReadingException();
    }

    static DocumentValue Resolve(Scalar scalar, int line, int column)
    {
        if (scalar.Style != ScalarStyle.Plain)
            return new(DocumentKind.String, line, column) { Text = scalar.Value };
        return scalar.Value switch
        {
            "" or "~" or "null" or "Null" or "NULL" => new(DocumentKind.Null, line, column),
            "true" or "True" or "TRUE" => new(DocumentKind.Boolean, line, column) { Text = "true" },
            "false" or "False" or "FALSE" => new(DocumentKind.Boolean, line, column) { Text = "false" },
            _ => new(JsonNumber().IsMatch(scalar.Value) ? DocumentKind.Number : DocumentKind.String, line, column) { Text = scalar.Value },
        };
    }

    /// <summary>Numbers that JSON could not hold (<c>0x1F</c>, <c>.5</c>, <c>1_000</c>) stay texts, and are refused where a number is asked for.</summary>
    [GeneratedRegex(@"\A-?(0|[1-9][0-9]{0,300})(\.[0-9]{1,300})?([eE][+-]?[0-9]{1,3})?\z")]
    private static partial Regex JsonNumber();

    sealed class StopReadingException : Exception;
}
