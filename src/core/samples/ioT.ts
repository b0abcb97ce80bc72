import type { IoTEvent } from 'aws-lambda';
import type { Sample } from './sample.ts';

/** What the rule's SELECT makes of a device's message: here all of it, and the topic and the time of arrival. */
interface DeviceReading {
  device: string;
  firmware: string;
  temperature: number;
  battery: number;
  topic: string;
  receivedAt: number;
}

/** Of: SELECT *, topic() AS topic, timestamp() AS receivedAt FROM 'greenhouse/+/readings' */
export const ioTRule: Sample = {
  name: 'IoT Rule',
  group: 'Events',
  description: 'A device publishes a message and a rule of AWS IoT Core passes it on.',
  event: {
    device: 'greenhouse-4',
    firmware: '1.8.2',
    temperature: 21.7,
    battery: 87,
    topic: 'greenhouse/4/readings',
    receivedAt: 1773739445123,
  } satisfies IoTEvent<DeviceReading>,
};
