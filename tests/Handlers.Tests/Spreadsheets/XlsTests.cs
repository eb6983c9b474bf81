using Flatfile.Agent.Handlers.Reading;
using Flatfile.Agent.Handlers.Tests.Support;

namespace Flatfile.Agent.Handlers.Tests.Spreadsheets;

public sealed class XlsTests
{
    [Fact]
    public async Task ErrorsAreKeptWithARemark()
    {
        var cells = (await ReadSheets.FromAsync(await BytesAsync("Test_git_issue_329_error.xls"), "file.xls", new ReadOptions { HeaderRow = 0 })).Single.Rows[0];

        Assert.Equal(["#DIV/0!", "#N/A", "#VALUE!"], cells.Select(c => c.Text));
        Assert.All(cells, c => Assert.Equal((CellKind.Error, true), (c.Kind, c.Remark!.Contains(c.Text, StringComparison.Ordinal))));
    }

    [Fact]
    public async Task ASheetWrittenColumnByColumnIsReadRowByRow()
    {
        var sheet = (await ReadSheets.FromAsync(await BytesAsync("AllColumnsNotReadInHiddenTable.xls"), "file.xls", new ReadOptions { Tables = ["_Hidden2"], HeaderRow = 1 })).Single;

        Assert.Equal("Automotive diesel oil (kL)", sheet.Labels[1]);
        Assert.Equal(Enumerable.Range(2, 50).Select(n => (long)n), sheet.Numbers);
        Assert.Equal(["21/09/2015", "1187.5282349881188"], sheet.Rows[0].Take(2).Select(c => c.Text));
    }

    [Fact]
    public async Task AWorkbookBehindAPasswordIsReadWithIt()
    {
        var bytes = await BytesAsync("Test_git_issue_242_std_rc4_pwd_password.xls");
        var file = await ReadSheets.FromAsync(bytes, "file.xls", new ReadOptions { Password = "password", HeaderRow = 0 });

        Assert.Equal("XLS", file.Format);
        Assert.NotEmpty(file.Sheets[0].Rows);
    }

    [Theory]
    [InlineData("agile_AES256_SHA512_CBC_pwd_password.xlsx")]
    [InlineData("standard_AES128_SHA1_ECB_pwd_password.xlsx")]
    public async Task AnEncryptedWorkbookIsOpenedWithItsPasswordAlone(string name)
    {
        // These two hold no value, which is known only once they are open.
        var bytes = await BytesAsync(name);

        Assert.StartsWith("This workbook is empty", (await FaultAsync(bytes, "password")).Message);
        Assert.Equal("The password given does not open this workbook. Give the right one as the reading option 'password', and read the file again.", (await FaultAsync(bytes, "wrong")).Message);
    }

    [Theory]
    [InlineData("roo_1904_base.xls")]
    [InlineData("issues.xls")]
    [InlineData("biff5_write.xls")]
    public async Task ACutOffFileIsRefusedOrReadWithoutAFault(string name)
    {
        var bytes = await BytesAsync(name);
        for (var length = 8; length < bytes.Length; length += 331)
        {
            await ReadOrRefuseAsync(bytes[..length]);
        }

        Assert.StartsWith("This workbook is damaged", (await ReadSheets.FaultAsync(bytes[..600], "file.xls")).Message);
    }

    [Theory]
    [InlineData("merge_cells.xls")]
    [InlineData("TestUnicodeChars.xls")]
    [InlineData("date.xls")]
    [InlineData("date.xlsb")]
    [InlineData("issue_186.xlsb")]
    public async Task RandomDamageNeverBreaksTheReading(string name)
    {
        var good = await BytesAsync(name);
        var random = new Random(11);
        for (var run = 0; run < 300; run++)
        {
            var bytes = (byte[])good.Clone();
            for (var flips = random.Next(1, 20); flips > 0; flips--)
            {
                bytes[random.Next(8, bytes.Length)] = (byte)random.Next(256);
            }

            await ReadOrRefuseAsync(bytes);
        }
    }

    private static Task<UnreadableFileException> FaultAsync(byte[] bytes, string password) =>
        Assert.ThrowsAsync<UnreadableFileException>(() => ReadSheets.FromAsync(bytes, "file.xlsx", new ReadOptions { Password = password }));

    private static async Task ReadOrRefuseAsync(byte[] bytes)
    {
        try
        {
            await ReadSheets.FromAsync(bytes, "file.xls");
        }
        catch (UnreadableFileException fault)
        {
            Assert.EndsWith(".", fault.Message);
        }
    }

    private static Task<byte[]> BytesAsync(string name) => File.ReadAllBytesAsync(Path.Combine(TestData.Folder, "corpus", "spreadsheets", name));
}
