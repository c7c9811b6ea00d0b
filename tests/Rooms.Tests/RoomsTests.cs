using System.Text.RegularExpressions;

namespace Interven.Rooms.Tests;

public partial class RoomsTests
{
    public static TheoryData<string> AllRooms => [.. Rooms.Allowed.Keys];

    [Theory, MemberData(nameof(AllRooms))]
    public void A_room_references_only_the_rooms_it_may(string room) =>
        Assert.Subset(Rooms.Allowed[room].ToHashSet(), Rooms.ReferencedRooms(room).ToHashSet());

    [Theory, MemberData(nameof(AllRooms))]
    public void A_room_references_no_package_that_belongs_elsewhere(string room) =>
        Assert.DoesNotContain(Rooms.Packages(room), package => Rooms.Forbidden.GetValueOrDefault(room, []).Any(start => package.StartsWith(start, StringComparison.Ordinal)));

    [Theory, MemberData(nameof(AllRooms))]
    public void A_room_says_what_lives_in_it(string room)
    {
        var readme = Path.Combine(Rooms.Root, room, "README.md");
        Assert.True(File.Exists(readme), $"{room}/README.md is missing");
        Assert.InRange(File.ReadAllLines(readme).Length, 2, 30);
    }

    [Theory, MemberData(nameof(AllRooms))]
    public void No_source_file_is_longer_than_300_lines(string room) =>
        Assert.Empty(Rooms.Sources(room, ".cs").Where(file => File.ReadAllLines(file).Length > 300).Select(Path.GetFileName));

    [Fact]
    public void SQL_stands_in_storage_alone()
    {
        var guilty = Rooms.Allowed.Keys.Where(room => room != "storage").SelectMany(room => Rooms.Sources(room, ".cs"))
            .Where(file => SqlStatement().IsMatch(File.ReadAllText(file)));
        Assert.Empty(guilty.Select(Path.GetFileName));
    }

    [Fact]
    public void The_engine_has_no_clock_no_chance_and_no_outside()
    {
        var guilty = Rooms.Sources("engine", ".cs").Where(file => ImpureWords().IsMatch(File.ReadAllText(file)));
        Assert.Empty(guilty.Select(Path.GetFileName));
    }

    [Fact]
    public void Grain_keys_are_made_in_one_place()
    {
        var guilty = Rooms.Allowed.Keys.SelectMany(room => Rooms.Sources(room, ".cs"))
            .Where(file => GrainKeyByHand().IsMatch(File.ReadAllText(file)));
        Assert.Empty(guilty.Select(Path.GetFileName));
    }

    [Fact]
    public void Names_of_grain_state_are_unique_over_all_grains()
    {
        var names = Rooms.Sources("grains", ".cs").SelectMany(file => StateName().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(names);
        Assert.Equal(names.Distinct().Order(), names.Order());
    }

    [Fact]
    public void No_catch_swallows_in_silence()
    {
        var guilty = Rooms.Allowed.Keys.SelectMany(room => Rooms.Sources(room, ".cs")).Where(file => EmptyCatch().IsMatch(File.ReadAllText(file)));
        Assert.Empty(guilty.Select(Path.GetFileName));
    }

    [Fact]
    public void The_docs_name_only_files_that_exist()
    {
        var text = File.ReadAllText(Path.Combine(Rooms.Root, "ARCHITECTURE.md"));
        var missing = NamedFile().Matches(text).Select(match => match.Groups[1].Value).Where(path => !File.Exists(Path.Combine(Rooms.Root, path)) && !Directory.Exists(Path.Combine(Rooms.Root, path)));
        Assert.Empty(missing);
    }

    [GeneratedRegex(@"""\s*(select\s.+\sfrom\s|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s)", RegexOptions.IgnoreCase)]
    private static partial Regex SqlStatement();

    [GeneratedRegex(@"\b(DateTime(Offset)?\.(Utc)?Now|Stopwatch\.|Random\.Shared|new Random\(|RandomNumberGenerator|Guid\.(NewGuid|CreateVersion7)|File\.(Read|Write|Open)|HttpClient|ILogger)\b")]
    private static partial Regex ImpureWords();

    [GeneratedRegex(@"GetGrain<\w+>\(\s*\$?""")]
    private static partial Regex GrainKeyByHand();

    [GeneratedRegex(@"PersistentState\(""([^""]+)""")]
    private static partial Regex StateName();

    [GeneratedRegex(@"catch\s*(\([^)]*\))?\s*\{\s*\}")]
    private static partial Regex EmptyCatch();

    [GeneratedRegex(@"`((?:contracts|engine|grain-interfaces|grains|storage|silo|api-frontend|tests|docs)/[A-Za-z0-9_./-]+)`")]
    private static partial Regex NamedFile();
}
