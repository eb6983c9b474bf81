using System.Globalization;
using Flatfile.Api;

namespace OurAirports.Tests;

/// <summary>The blueprint against the real files: every column has its field, and every value suits its field's type and constraints.</summary>
public sealed class SheetsFitTheFilesTests
{
    public static TheoryData<string, int> Files => new() { { "countries", 249 }, { "regions", 3987 }, { "navaids", 11008 }, { "runways", 48184 } };

    [Theory]
    [MemberData(nameof(Files))]
    public void EveryColumnHasAFieldOfItsName(string slug, int rows)
    {
        var file = DataFile.Read(slug + ".csv");

        Assert.Equal(rows, file.Count - 1);
        Assert.Equal(file[0], SheetOf(slug).Fields.Select(f => f.Key));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void EveryValueSuitsItsField(string slug, int rows)
    {
        var file = DataFile.Read(slug + ".csv");
        Assert.Equal(rows, file.Count - 1);
        var countries = DataFile.Read("countries.csv").Skip(1).Select(r => r[1]).ToHashSet();
        var fields = SheetOf(slug).Fields;
        for (var column = 0; column < fields.Count; column++)
        {
            var field = fields[column];
            var all = file.Skip(1).Select(r => r[column]).ToList();
            var values = all.Where(v => v.Length > 0).ToList();
            switch (field.Type)
            {
                case PropertyType.Number:
                    Assert.All(values, v => Assert.True(decimal.TryParse(v, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _), $"{field.Key}: {v}"));
                    break;
                case PropertyType.Enum:
                    var options = field.Config!.Options!.Select(o => o.Value!.Value.GetString()).ToHashSet();
                    Assert.All(values, v => Assert.Contains(v, options));
                    break;
                case PropertyType.Reference:
                    Assert.Equal((CountriesSheet.Slug, "code"), (field.Config!.Ref, field.Config.Key));
                    Assert.All(values, v => Assert.Contains(v, countries));
                    break;
                default:
                    Assert.Equal(PropertyType.String, field.Type);
                    break;
            }

            var constraints = field.Constraints?.Select(c => c.Type).ToList() ?? [];
            Assert.True(!constraints.Contains(ConstraintType.Required) || values.Count == all.Count, $"{field.Key} is required and empty somewhere");
            Assert.True(!constraints.Contains(ConstraintType.Unique) || values.Distinct(StringComparer.OrdinalIgnoreCase).Count() == values.Count, $"{field.Key} is not unique");
        }
    }

    [Fact]
    public void TheWorkbookTracksChangesAndCanBeSubmitted()
    {
        var workbook = Assert.Single(new OurAirportsBlueprint().Workbooks);

        Assert.True((bool)workbook.Settings!["trackChanges"]!);
        Assert.Equal("submit", Assert.Single(workbook.Actions!).Operation);
    }

    private static SheetConfig SheetOf(string slug) => new OurAirportsBlueprint().Workbooks[0].Sheets!.Single(s => s.Slug == slug);
}
