import { proxy } from '../plugins/offers';

export default fromNodeMiddleware(proxy.listener);
