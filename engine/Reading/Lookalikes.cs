namespace Interven.Engine.Reading;

/// <summary>Letters that are drawn like ASCII ones, and typographic signs for which ASCII has a plain one. A table: pairs of look-alike and what it is taken for.</summary>
static class Lookalikes
{
    const string Cyrillic = "АAВBЕEКKМMНHОOРPСCТTХXІIЈJЅSУYҮYѴVԌGԜWԚQӀIаaеeоoрpсcуyхxкkіiјjѕsһhԁdԛqԝwӏlүyѵvпnтtмmвbгrёe";

    const string Greek = "ΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXϹCͿJαaβbεeηnιiκkνvοoρpτtυuχxγyϲcϳjωwϱp";

    const string Latin = "ıiȷjɡgɑaɩiɪiʟlɴnʀrʏyʜhʙbɢgᴀaᴄcᴅdᴇeᴊjᴋkᴍmᴏoᴘpᴛtᴜuᴠvᴡwᴢzꜰfꜱsǀlƖlſsøoØOłlŁLđdĐDħhŧt";

    const string Other = "ոnսuօoհhզqցgյjԛqՕOՍUᎪAᎫJᎬEᎳWᎷMᎻHᎠDᎢTᎡRᏀGᏃZᏚSᏞLᏟCᏢPᏦKᏴBᏙVꓐBꓑPꓓDꓔTꓖGꓗKꓙJꓚCꓜZꓝFꓟMꓠNꓡLꓢSꓣRꓦVꓧHꓪWꓫXꓬYꓮAꓰEꓲIꓳOꓴUⲟoⲞOⅠIⅼl";

    const string Signs = "‐-‑-‒-–-—-―-−-⁃-﹘-˗-‘'’'‚'‛'′'ʼ'“\"”\"„\"‟\"″\"«\"»\"⁄/∕/⧸/∶:˸:։:꞉:․.。.｡.۔.˳.‚,،,٬,٫.∗*⁎*‹<›>";

    /// <summary>The ASCII character that <paramref name="c"/> is taken for, or itself.</summary>
    public static char Of(char c) => Known.GetValueOrDefault(c, c);

    static readonly Dictionary<char, char> Known = Read(Cyrillic, Greek, Latin, Other, Signs);

    static Dictionary<char, char> Read(params string[] tables)
    {
        var known = new Dictionary<char, char>();
        foreach (var table in tables)
            for (var at = 0; at + 1 < table.Length; at += 2)
                known.TryAdd(table[at], table[at + 1]);
        return known;
    }
}
