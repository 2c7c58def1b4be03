import { keepsTheEventBusContract } from './event-bus.contract';
import { BusIsBroken, MemoryBus } from './memory-bus.fixture';

keepsTheEventBusContract({
  name: 'a log in memory',
  open: () => new MemoryBus(),
  deadly: () => new BusIsBroken('the log is gone'),
});
