using Dashboard.Broker.Monitoring;
using Dashboard.Features.Messages.Export;

namespace Dashboard.Tests.Features.Messages;

public sealed class MessageExportsTests
{
    [Fact]
    public void An_offer_is_fetched_once_and_goes_with_its_page()
    {
        var exports = new MessageExports();
        MessageRecord[] rows = [];
        var first = exports.Offer(rows, inPlaceOf: null);
        var second = exports.Offer(rows, inPlaceOf: first);

        Assert.Null(exports.Take(first));
        Assert.Same(rows, exports.Take(second));
        Assert.Null(exports.Take(second));
        exports.Withdraw(exports.Offer(rows, inPlaceOf: second));
        Assert.Equal(0, exports.Count);
    }
}
