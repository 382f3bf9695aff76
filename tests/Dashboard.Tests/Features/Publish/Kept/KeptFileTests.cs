namespace Dashboard.Tests.Features.Publish.Kept;

public sealed class KeptFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void What_was_written_is_read_and_nothing_else_lies_around()
    {
        _folder.Kept<string>().Write(["a"]);
        _folder.Kept<string>().Write(["a", "b"]);

        Assert.Equal(["a", "b"], _folder.Kept<string>().Read()!);
        Assert.Equal(["kept.json"], _folder.Names);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{ \"half\":")]
    [InlineData("[1]")]
    public void A_damaged_file_is_set_aside_and_not_written_over(string content)
    {
        File.WriteAllText(_folder.File, content);
        var file = _folder.Kept<string>();

        Assert.Null(file.Read());
        file.Write(["new"]);

        Assert.Contains(_folder.Names, name => name.StartsWith("kept.json.damaged-", StringComparison.Ordinal));
        Assert.Equal(["new"], _folder.Kept<string>().Read()!);
    }

    [Fact]
    public void A_failure_to_write_is_said_until_it_works_again()
    {
        var file = _folder.Kept<string>();
        Directory.CreateDirectory(_folder.File + ".new");

        file.Write(["a"]);
        Assert.NotNull(file.Failure);

        Directory.Delete(_folder.File + ".new");
        file.Write(["a"]);
        Assert.Null(file.Failure);
    }

    public void Dispose() => _folder.Dispose();
}
